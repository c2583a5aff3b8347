// How any screen is shown on a projector: at most 60 columns, a blank line between blocks, and the
// verdict last, in big letters. No colour is needed, and nothing is left out.

import { isFailureCode } from '@workshop/shared/check'
import { bigLetters } from './large/letters.ts'

export const largeColumns = 60

/** A sentence is broken between its words; lines, such as a picture, stay as they are. */
export type Block = string | readonly string[]

export type Verdict = {
  /** `GREEN`, `RED`, `TYPES`, `TIMEOUT`, `SETUP`, or a failure code. */
  readonly word: string
  /** What stands below it: `3 of 4  ·  0.6 s`. */
  readonly more?: string
}

/** Blocks as a large screen; the verdict stands on its last lines. */
export function large(blocks: readonly Block[], verdict?: Verdict): readonly string[] {
  const { word = '', more = '' } = verdict ?? {}
  return [
    ...blocks.map((block) => (typeof block === 'string' ? broken(block) : block.flatMap(narrow))),
    bigLetters(word, largeColumns),
    more === '' ? [] : broken(more),
  ]
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

/** A screen as a large one: lines that were laid out for 60 columns stay as they are. The last line
 *  that begins with a verdict is told in big letters, below all others. */
export function largeScreen(lines: readonly string[]): readonly string[] {
  const at = lines.findLastIndex((line) => isVerdict(verdictOf(line).word))
  const rest = lines.filter((_, index) => index !== at).flatMap((line) => narrow(line))
  if (at < 0) return rest
  const end = rest.findLastIndex((line) => line.trim() !== '')
  const said = rest.slice(0, end + 1)
  return [...said, ...(end < 0 ? [] : ['']), ...large([], verdictOf(lines[at] ?? ''))]
}

function verdictOf(line: string): Verdict {
  const [, word = '', more = ''] = /^([A-Z_]+)\b\s*(.*)$/.exec(line) ?? []
  return { word, more }
}

const isVerdict = (word: string): boolean =>
  /^(?:GREEN|RED|TYPES|TIMEOUT|SETUP)$/.test(word) || isFailureCode(word)

const isDrawn = (line: string): boolean => /[\u2500-\u257f]/.test(line)

/** A picture ends at the edge, as it does in any terminal; words go on below. */
function narrow(line: string): readonly string[] {
  if (line.length <= largeColumns) return [line]
  if (isDrawn(line)) return [`${line.slice(0, largeColumns - 1)}…`]
  const lead = /^\s*(?:[✔✘●○] )?/.exec(line)?.[0].slice(0, largeColumns / 2) ?? ''
  return broken(line.slice(lead.length), lead)
}

/** `text` in lines of at most 60 columns, the first after `lead`, the others indented alike. A word
 *  that is longer is cut in pieces. */
function broken(text: string, lead = ''): readonly string[] {
  const room = largeColumns - lead.length
  const words = text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? [])
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= room) {
      lines[lines.length - 1] = `${line} ${word}`
    } else lines.push(word)
  }
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line)
}
