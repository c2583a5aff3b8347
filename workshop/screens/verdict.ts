// The verdict of a run: one line, its first word the verdict. It holds how far the run got, and
// when it was; where the line is short, the less important goes.

import type { EventOf } from '../runner/events.ts'
import { isFile } from './failure.ts'
import { count, type Look, seconds } from './text.ts'

export type VerdictOptions = {
  /** How many problems the compiler found, where it has said so. */
  readonly problems?: number
  /** When the run ended; left out, it is not told. */
  readonly at?: Date
}

/** `GREEN  4 of 4 tests pass · 0.6 s · 14:02:11 · 3 of 14 done`; `RED`, `TIMEOUT` and `TYPES` alike. */
export function verdictLine(
  result: EventOf<'result'>,
  look: Look,
  { problems = 0, at }: VerdictOptions = {},
): string {
  const { verdict, tests, ms, done, of } = result
  const passed = tests.filter(({ ok }) => ok).length
  const first = tests.find(({ ok }) => !ok)
  const ran =
    tests.length === 0
      ? 'there are no tests'
      : tests.every((test) => isFile(test))
        ? 'the tests do not load'
        : `${passed} of ${tests.length} tests pass`
  const types = count(problems, 'type problem')
  const time = seconds(ms)
  const rest = [time, ...(at ? [clock(at)] : []), `${done} of ${of} done`]
  if (verdict === 'green' && problems > 0) return joined(`TYPES  ${types}`, [ran, ...rest], look)
  const word = verdict === 'green' ? 'GREEN' : first?.code === 'TIMEOUT' ? 'TIMEOUT' : 'RED'
  return joined(`${word}  ${ran}`, [...(problems > 0 ? [types] : []), ...rest], look)
}

/** As many of `parts` as there is room for. */
function joined(start: string, parts: readonly string[], { columns }: Look): string {
  let line = start
  for (const part of parts) {
    const longer = `${line} · ${part}`
    if (longer.length > columns) break
    line = longer
  }
  return line
}

/** `14:02:11`, in the time of this machine. */
const clock = (at: Date): string =>
  [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
