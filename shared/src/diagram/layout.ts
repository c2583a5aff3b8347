// Where things stand, in characters: text takes them as they are, SVG multiplies them. Lanes stand
// as close as their titles allow, and move apart where that gives a label room on its arrow. What
// has no room there is written beside the arrow, and what has no room at all ends in an ellipsis:
// nothing is ever wider than `width`.

import type { Arrow, Mark } from './marks.ts'
import type { Lane } from './model.ts'
import { clean, cut } from './words.ts'

/** What an arrow needs besides its label: its lane, a dash on each side, and its head; and some way
 *  to go where it never arrives. */
const beyondLabel = { head: 5, refused: 5, lost: 9 } as const
/** Words beside an arrow keep lanes from moving for this many characters at most. */
const asideMost = 26

export type Layout = {
  /** The position of each lane. */
  readonly columns: readonly number[]
  /** Their titles, centred on them, as long as there is room for. */
  readonly titles: readonly string[]
  readonly width: number
}

export type Room = {
  readonly width: number
  /** Between two titles. */
  readonly apart: number
  /** Up to where lanes drift apart when there is room to spare. Default 0. */
  readonly looseGap?: number
}

export function layoutOf(lanes: readonly Lane[], marks: readonly Mark[], room: Room): Layout {
  const { width, apart, looseGap = 0 } = room
  const titles = titlesIn(lanes, room)
  const half = (index: number): number => (titles[index] ?? '').length / 2
  const left = Math.ceil(half(0)) + Math.floor((apart - 1) / 2)
  // The last gap is the margin on the right.
  const gaps = titles.map((_, index) => Math.ceil(half(index) + half(index + 1)) + apart)
  const spare = (): number => width - left - sum(gaps)
  for (const { from, to, size } of needs(marks, lanes.length)) {
    let missing = size - sum(gaps.slice(from, to))
    if (missing > spare()) continue
    for (let at = from; missing > 0; at += 1) {
      const share = Math.ceil(missing / (to - at))
      gaps[at] = (gaps[at] ?? 0) + share
      missing -= share
    }
  }
  const between = gaps.slice(0, -1)
  const looser = Math.floor(spare() / Math.max(1, between.length))
  let at = left
  const columns = [0, ...between].map((gap, index) => {
    at += index === 0 ? 0 : Math.max(gap, Math.min(gap + looser, looseGap))
    return at
  })
  return { width, titles, columns: columns.slice(0, lanes.length) }
}

/** Whole, unless they do not fit side by side: then each gets the same share at most. */
function titlesIn(lanes: readonly Lane[], { width, apart }: Room): readonly string[] {
  const titles = lanes.map(({ title }) => clean(title))
  const needed = sum(titles.map((title) => title.length + apart)) + 2
  if (needed <= width) return titles
  const share = Math.floor((width - 2) / titles.length) - apart
  return titles.map((title) => cut(title, Math.max(1, share)))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

type Need = { readonly from: number; readonly to: number; readonly size: number }

/** Words beside arrows come first, since they have no other place; then labels, short ones first,
 *  since more of them fit. */
function needs(marks: readonly Mark[], border: number): readonly Need[] {
  const arrows = marks.filter((mark): mark is Arrow => mark.shape === 'arrow')
  const beside = arrows.map(({ from, to, aside }) => ({
    from: Math.max(from, to),
    to: border,
    size: aside === '' ? 0 : Math.min(aside.length, asideMost) + 3,
  }))
  const along = arrows.map(({ from, to, label, end }) => ({
    from: Math.min(from, to),
    to: Math.max(from, to),
    size: label.length + beyondLabel[end],
  }))
  const bySize = (one: Need, other: Need): number => one.size - other.size
  return [...beside.toSorted(bySize), ...along.toSorted(bySize)]
}

export type Words = {
  readonly text: string
  readonly at: number
  /** How many characters there was no room for. */
  readonly missing: number
}

export type Placed = {
  /** The label, where it fits on the arrow. */
  readonly label: string
  /** What stands beside it. */
  readonly words: Words | undefined
}

/** Where the words of `mark` go. */
export function placed(mark: Mark, { columns, width }: Layout): Placed {
  if (mark.shape === 'across') return { label: '', words: fitted(mark.words, width) }
  if (mark.shape === 'sign') {
    const at = columns[mark.lane] ?? 0
    return { label: '', words: beside(mark.words, { left: at, right: at, width }) }
  }
  const [left = 0, right = 0] = [mark.from, mark.to]
    .map((lane) => columns[lane] ?? 0)
    .toSorted((one, other) => one - other)
  const { label, aside, end } = mark
  const span = { left, right, width }
  const whole = [label, aside].filter(Boolean).join(': ')
  if (label.length + beyondLabel[end] > right - left) {
    return { label: '', words: beside(whole, span) }
  }
  if (aside === '') return { label, words: undefined }
  // On the left, away from the end of the arrow, an answer needs its question.
  return goesLeft(aside, span) && whole.length <= left - 2
    ? { label: '', words: beside(whole, span) }
    : { label, words: beside(aside, span) }
}

type Span = { readonly left: number; readonly right: number; readonly width: number }

/** On the right, unless there is room on the left only. */
function beside(words: string, span: Span): Words {
  const { left, right, width } = span
  if (!goesLeft(words, span)) return { ...fitted(words, width - right - 2), at: right + 2 }
  const shown = fitted(words, left - 2)
  return { ...shown, at: left - 1 - shown.text.length }
}

function fitted(words: string, most: number): Words {
  const text = cut(words, most)
  return { text, at: 0, missing: text === words ? 0 : words.length - text.length + 1 }
}

function goesLeft(words: string, { left, right, width }: Span): boolean {
  const onRight = width - right - 2
  return words.length > onRight && left - 2 > onRight
}
