// The runner's events in a terminal. What was told scrolls up and stays; the lines at the bottom,
// the verdict and the keys, are ours to draw again. Colour only repeats what a sign or a word says.

import { styleText } from 'node:util'
import { largeColumns, largeScreen } from '../large.ts'
import { columns } from '../output.ts'
import type { EventOf, RunnerEvent } from '../runner/events.ts'
import { screenOf } from '../screens/screens.ts'
import { fitted, type Look, wrap } from '../screens/text.ts'
import { verdictLine } from '../screens/verdict.ts'

export type Output = {
  readonly columns?: number
  readonly write: (text: string) => unknown
}

const keys = 'n next · h hint · d diff · t trace · s stuck · x reset · l list · o open · ? · q'

export type ViewOptions = {
  /** When a run ended. */
  readonly now?: () => Date
  /** For a projector: 60 columns, and the verdict in big letters. */
  readonly large?: boolean
}

/** What stood there when an event came. */
type Then = {
  readonly before: readonly string[]
  /** The run that is under way or was the last. */
  readonly last: { readonly result: EventOf<'result'>; readonly at: Date } | undefined
  readonly look: Look
}

type Verdicts = {
  readonly [Kind in RunnerEvent['kind']]?: (event: EventOf<Kind>, then: Then) => readonly string[]
}

/** The verdict after an event. What is not here leaves it as it is. */
const verdicts: Verdicts = {
  went: () => [],
  skipped: () => [],
  running: () => ['running ...'],
  result: (result, { look, last }) => {
    const { length } = result.tests
    return result.verdict === 'green'
      ? [`${length} of ${length} tests pass, types are being checked ...`]
      : [verdictLine(result, look, last)]
  },
  types: ({ problems: { length } }, { before, last, look }) =>
    length === 0 || !last
      ? before
      : [verdictLine(last.result, look, { ...last, problems: length })],
  green: ({ done, next, isFirst }, { last, look }) => {
    const goOn = `n goes on to ${next?.number}.`
    const wait = isFirst ? `Nothing moves until you say so: ${goOn}` : goOn
    const onward = next ? wait : 'That was the last one. n tells what comes after it.'
    return [onward, ...(last ? [verdictLine({ ...last.result, done }, look, last)] : [])]
  },
  setup: () => ['SETUP  this is not your code; a save runs it again'],
}

/** After these something else is at the bottom. */
const ending: readonly RunnerEvent['kind'][] = ['running', 'went', 'skipped']

/** What was under way, and has been given up, is no verdict. */
const ended = (verdict: readonly string[]): readonly string[] =>
  verdict.filter((line) => !line.endsWith(' ...'))

export class TerminalView {
  readonly #output: Output
  readonly #now: () => Date
  readonly #isLarge: boolean
  #verdict: readonly string[] = []
  #question: readonly string[] | undefined
  /** How many lines at the bottom are ours. */
  #drawn = 0
  /** Whether there is something that a blank line separates the next thing from. */
  #hasTold = false
  #last: Then['last']
  #isClosed = false

  constructor(output: Output, { now = () => new Date(), large = false }: ViewOptions = {}) {
    this.#output = output
    this.#now = now
    this.#isLarge = large
  }

  get #look(): Look {
    return { columns: this.#isLarge ? largeColumns : columns(this.#output) }
  }

  show(event: RunnerEvent): void {
    if (this.#isClosed) return
    const before = this.#verdict
    this.#verdict = this.#verdictAfter(event)
    // The verdict of the run before stays to be scrolled back to.
    this.#print(ending.includes(event.kind) ? ended(before) : [], screenOf(event, this.#look))
  }

  /** Asks something below the verdict, instead of naming the keys, until there is an answer. */
  ask(question: readonly string[] | undefined): void {
    if (this.#isClosed) return
    this.#question = question
    this.#print([], [])
  }

  /** Leaves what is there, so that something else may be printed below it. What happens from now
   *  on is not shown. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#erase()
    this.#tell(this.#verdict)
  }

  #verdictAfter(event: RunnerEvent): readonly string[] {
    const after: ((event: never, then: Then) => readonly string[]) | undefined =
      verdicts[event.kind]
    if (event.kind === 'running') this.#last = undefined
    if (event.kind === 'result') this.#last = { result: event, at: this.#now() }
    const then = { before: this.#verdict, last: this.#last, look: this.#look }
    return after ? after(event as never, then) : this.#verdict
  }

  /** What is left of the bottom, then a block of lines, and below them the bottom as it is now. */
  #print(left: readonly string[], lines: readonly string[]): void {
    this.#erase()
    this.#tell(left)
    const from = lines.findIndex((line) => line !== '')
    if (from >= 0) this.#tell(lines.slice(from, lines.findLastIndex((line) => line !== '') + 1))
    const asked = this.#question?.flatMap((line) => fitted(line, '', this.#look))
    const verdict = this.#isLarge ? largeScreen(this.#verdict) : this.#verdict
    const bottom = [...verdict, ...(asked ?? wrap(keys, '', this.#look))]
    // Each line is one row of the screen: as many as are erased.
    this.#drawn = this.#below(bottom)
  }

  #tell(lines: readonly string[]): void {
    if (lines.length === 0) return
    this.#below(lines)
    this.#hasTold = true
  }

  /** Writes lines after a blank one, and returns how many that were. */
  #below(lines: readonly string[]): number {
    const all = this.#hasTold ? ['', ...lines] : lines
    this.#write(all)
    return all.length
  }

  #write(lines: readonly string[]): void {
    if (lines.length > 0) this.#output.write(`${lines.map((line) => painted(line)).join('\n')}\n`)
  }

  #erase(): void {
    if (this.#drawn > 0) this.#output.write(`\r\u001b[${this.#drawn}A\u001b[0J`)
  }
}

/** Sixteen colours, so that the theme of the terminal decides what they look like. */
function painted(line: string): string {
  if (/^(GREEN|RED|TYPES|TIMEOUT|SETUP)\b/.test(line)) {
    return styleText(['bold', line.startsWith('GREEN') ? 'green' : 'red'], line, always)
  }
  if (/^ {1,2}✔/.test(line)) return styleText('green', line, always)
  if (/^ {1,2}✘/.test(line)) return styleText('red', line, always)
  if (line.startsWith('── ')) return styleText('bold', line, always)
  return line
}

/** Whether it is a terminal is known already. */
const always = { validateStream: false }
