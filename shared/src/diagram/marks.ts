// What each event looks like, in terms that both renderers share: an arrow between two lanes, a
// sign on one, or words across all of them. A new kind of event needs an entry here and nowhere
// else. A lane that is not in the picture is named in words instead.

import type { DiagramEvent, Exchanged, HandedOut, Lane, Outcome } from './model.ts'
import { clean, timeInWords } from './words.ts'

export type Mark = Arrow | Sign | Across

/** Lanes are counted from the left: 0, 1, 2 ... */
export type Arrow = {
  readonly shape: 'arrow'
  readonly from: number
  readonly to: number
  /** Double for a message that was handed out before, dashed where the caller does not know. */
  readonly line: Line
  /** A head where it arrives, a cross at its lane where it is refused, a cross on the way where it
   *  gets lost. */
  readonly end: 'head' | 'refused' | 'lost'
  /** Whether it carries a message, which takes its time, rather than a question to a store. */
  readonly isMessage: boolean
  readonly label: string
  /** What became of it, beside its end. May be empty. */
  readonly aside: string
}

export type Line = 'single' | 'double' | 'dashed'

export type Sign = {
  readonly shape: 'sign'
  readonly lane: number
  readonly what: 'crash' | 'start' | 'note'
  readonly words: string
}

export type Across = { readonly shape: 'across'; readonly words: string }

/** The lanes that are in the picture, and what any lane is called. */
export type Cast = { readonly lanes: readonly Lane[]; readonly titleOf: (id: string) => string }

export function markOf(event: DiagramEvent, cast: Cast): Mark {
  const sign = (id: string, what: Sign['what'], words: string): Mark => {
    const lane = placeOf(id, cast)
    if (lane < 0) return across(`${cast.titleOf(id)} ${words}`)
    return { shape: 'sign', lane, what, words: clean(words) }
  }
  switch (event.kind) {
    case 'sent':
      return arrow(event, { ...told(event.outcome), label: event.message.label }, cast)
    case 'handed out':
      return arrow(event, { ...handedOut(event), label: event.message.label }, cast)
    case 'settled': {
      const asides = [event.reason ?? '', event.isStale ? 'too late, no effect' : '']
      return arrow(
        event,
        {
          end: event.isStale ? 'refused' : 'head',
          label: event.how,
          aside: asides.filter(Boolean).join(', '),
        },
        cast,
      )
    }
    case 'exchanged':
      return arrow(event, { ...exchanged(event), label: event.label }, cast)
    case 'call':
      return arrow(event, { ...told(event.outcome), label: event.label, isMessage: false }, cast)
    case 'crashed':
      return sign(event.lane, 'crash', 'crashed')
    case 'restarted':
      return sign(event.lane, 'start', 'starts again, remembers nothing')
    case 'lease expired':
      return sign(event.lane, 'note', `takes ${event.message.label} back: its lease expired`)
    case 'time passed':
      return across(`time passes: it is ${timeInWords(event.nowMs)}`)
    case 'coin':
      return sign(event.lane, 'note', `coin ${event.label}: ${event.isHeads ? 'heads' : 'tails'}`)
    case 'note':
      return sign(event.lane, 'note', `"${event.text}"`)
    case 'folded':
      return across(leftOut(event))
  }
}

const placeOf = (id: string, { lanes }: Cast): number => lanes.findIndex((lane) => lane.id === id)

const across = (words: string): Across => ({ shape: 'across', words: clean(words) })

type Ends = { readonly from: string; readonly to: string }
type Looks = Pick<Arrow, 'label'> & Partial<Arrow>

function arrow(ends: Ends, looks: Looks, cast: Cast): Mark {
  const from = placeOf(ends.from, cast)
  const to = placeOf(ends.to, cast)
  const whole: Arrow = {
    shape: 'arrow',
    line: 'single',
    end: 'head',
    isMessage: true,
    ...looks,
    label: clean(looks.label),
    aside: clean(looks.aside ?? ''),
    from,
    to,
  }
  if (from >= 0 && to >= 0 && from !== to) return whole
  const words = inWords(whole, { from: cast.titleOf(ends.from), to: cast.titleOf(ends.to) })
  return from < 0 && to < 0
    ? across(words)
    : { shape: 'sign', lane: from < 0 ? to : from, what: 'note', words }
}

/** An arrow of which at least one end is not in the picture. */
function inWords({ from, to, line, end, label, aside }: Arrow, titles: Ends): string {
  const stroke = { single: '─', double: '═', dashed: '┄' }[line] + (end === 'head' ? '>' : 'x')
  const rest = aside === '' ? '' : `: ${aside}`
  if (from < 0 && to < 0) return `${titles.from} ${stroke} ${titles.to}: ${label}${rest}`
  if (from < 0) return `${titles.from} ${stroke} ${label}${rest}`
  return to < 0 ? `${label} ${stroke} ${titles.to}${rest}` : `${label}${rest}`
}

function told(outcome: Outcome): Pick<Arrow, 'line' | 'end' | 'aside'> {
  switch (outcome.is) {
    case 'done':
      return { line: 'single', end: 'head', aside: outcome.answer ?? '' }
    case 'refused':
      return { line: 'single', end: 'refused', aside: `refused: ${outcome.error}` }
    case 'lost':
      return { line: 'single', end: 'lost', aside: 'lost' }
    case 'unknown': {
      const { error, happened } = outcome
      const truth = happened ? 'but done' : 'not done'
      return { line: 'dashed', end: happened ? 'head' : 'lost', aside: `${error}, ${truth}` }
    }
  }
}

function handedOut({ attempt, copy, isOutOfOrder }: HandedOut): Pick<Arrow, 'line' | 'aside'> {
  const asides = [
    copy === undefined ? '' : `a ${copy}`,
    attempt > 1 ? `again, attempt ${attempt}` : '',
    isOutOfOrder ? 'out of order' : '',
  ]
  return {
    line: copy !== undefined || attempt > 1 ? 'double' : 'single',
    aside: asides.filter(Boolean).join(', '),
  }
}

function exchanged({ fate, isCopy, aside }: Exchanged): Pick<Arrow, 'line' | 'end' | 'aside'> {
  const end = { arrives: 'head', lost: 'lost', refused: 'refused', unheard: 'refused' } as const
  const words = { arrives: '', lost: 'lost', refused: '', unheard: 'nobody waits for it' }
  return {
    line: isCopy ? 'double' : 'single',
    end: end[fate],
    aside: [words[fate], aside].filter(Boolean).join(', '),
  }
}

function leftOut(event: Extract<DiagramEvent, { kind: 'folded' }>): string {
  const steps = event.steps === 1 ? '1 step' : `${event.steps} steps`
  return `… ${steps} of ${event.titles.join(', ')}: ${event.labels.join(', ')}`
}

/** A mark as a sentence, for those who cannot see it. */
export function sentenceOf(mark: Mark, lanes: readonly Lane[]): string {
  if (mark.shape === 'across') return mark.words
  const title = (index: number): string => clean(lanes[index]?.title ?? '')
  if (mark.shape === 'sign') return `${title(mark.lane)}: ${mark.words}`
  const { from, to, label, aside } = mark
  return `${title(from)} to ${title(to)}: ${label}${aside === '' ? '' : `: ${aside}`}`
}
