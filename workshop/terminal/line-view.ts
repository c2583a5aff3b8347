// The runner's events as plain lines, for pipes, logs and screen readers: the verdict is the first
// word of its line, nothing is drawn twice, and what a key would do is told as a command. A run is
// called green only once the compiler has agreed.

import type { EventOf, RunnerEvent } from '../runner/events.ts'
import { resultLines } from '../screens/result.ts'
import { screenOf } from '../screens/screens.ts'
import type { Look } from '../screens/text.ts'
import { verdictLine } from '../screens/verdict.ts'

/** What stood there when an event came. */
type Then = { readonly look: Look; readonly last: EventOf<'result'> | undefined }

type Lines = {
  readonly [Kind in RunnerEvent['kind']]?: (event: EventOf<Kind>, then: Then) => readonly string[]
}

/** Where a word goes first. */
const lines: Lines = {
  running: ({ exercise: { number, title } }) => ['', `RUN  ${number} ${title}`],
  result: (event, { look }) => [
    ...(event.verdict === 'red' ? [verdictLine(event, look)] : []),
    ...resultLines(event, look),
  ],
  types: (event, { look, last }) => {
    const [_blank, title, ...problems] = screenOf(event, look)
    if (title === undefined) return []
    const { length } = event.problems
    return last?.verdict === 'green'
      ? [verdictLine(last, look, { problems: length }), ...problems]
      : ['', title, ...problems]
  },
  green: (event, { look, last }) => {
    const { number, title } = event.exercise
    const verdict = last ? [verdictLine({ ...last, done: event.done }, look)] : []
    return [...verdict, `DONE  ${number} ${title}`, ...screenOf(event, look)]
  },
  setup: (event, { look }) => ['SETUP  this is not your code', ...screenOf(event, look).slice(1)],
}

export class LineView {
  readonly #look: Look
  #last: EventOf<'result'> | undefined

  constructor({ columns }: Pick<Look, 'columns'>) {
    this.#look = { columns, plain: true }
  }

  /** The lines of the event that comes next. */
  linesOf(event: RunnerEvent): readonly string[] {
    if (event.kind === 'running') this.#last = undefined
    if (event.kind === 'result') this.#last = event
    const draw: ((event: never, then: Then) => readonly string[]) | undefined = lines[event.kind]
    const then = { look: this.#look, last: this.#last }
    return draw ? draw(event as never, then) : screenOf(event, this.#look)
  }
}
