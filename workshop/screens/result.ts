// One run: the tests in the order of the page, the first failure in full, the others by their
// codes, and where to go on. The verdict is a line of its own, so that it can stand last.

import type { EventOf, TestEvent } from '../runner/events.ts'
import { briefLines, failureLines, isFile } from './failure.ts'
import { commandLine, count, fitted, type Look, noBreak, wrap } from './text.ts'

type Result = EventOf<'result'>

/** The tests, what the code printed, and on red what to do. */
export function resultLines(result: Result, look: Look): readonly string[] {
  const first = result.tests.find(({ ok }) => !ok)
  return [
    ...result.tests.flatMap((one) => [
      ...wrap(named(one, one === first), leadOf(one, look), look),
      ...(one === first ? failureLines(one, look, 't') : []),
      ...(one !== first && !one.ok && look.plain ? briefLines(one, look) : []),
    ]),
    ...printedLines(result, look),
    ...(result.verdict === 'red' ? todoLines(result, look) : ['']),
  ]
}

const leadOf = ({ ok }: TestEvent, { plain }: Look): string =>
  plain ? (ok ? 'PASS  ' : 'FAIL  ') : ok ? ' ✔ ' : ' ✘ '

function named(test: TestEvent, isInFull: boolean): string {
  const { name, ok, code = '' } = test
  if (isFile(test)) return `${name} does not load`
  if (isInFull) return name
  const more = ok ? coverage(test) : code
  // It goes to the next line as a whole.
  return more === '' ? name : `${name} ${`· ${more}`.replaceAll(' ', noBreak)}`
}

/** What explorations that hold have covered: how far the sentence of the test is true. */
function coverage({ explored }: TestEvent): string {
  const schedules = explored.reduce((sum, one) => sum + one.schedules, 0)
  if (schedules === 0) return ''
  const isAll = explored.every(({ coverage }) => coverage.kind === 'all')
  if (!isAll) return `${count(schedules, 'schedule')} sampled`
  return `${schedules > 1 ? 'all ' : ''}${count(schedules, 'schedule')}`
}

function printedLines({ printed, notShown }: Result, look: Look): readonly string[] {
  if (printed.length === 0) return []
  const more = notShown > 0 ? [`   … and ${count(notShown, 'line')} more`] : []
  return [
    '',
    'Your code printed:',
    ...printed.flatMap((line) => fitted(line, '   ', look)),
    ...more,
  ]
}

/** When the same thing fails again and again. */
const tooOften = 3

function todoLines({ exercise, tests, sameFailures }: Result, look: Look): readonly string[] {
  const { number, edit, folder } = exercise
  const times = sameFailures >= tooOften ? `The same failure ${sameFailures} times.` : ''
  const none = tests.length === 0 ? `There are no tests in exercises/${folder}.` : ''
  if (!look.plain) {
    const offer = times && `${times} h gives a hint, s says what else you can do.`
    const repair = none && `${none} Press x, then m: it brings back what is missing.`
    const said = [offer, repair].filter(Boolean).flatMap((line) => wrap(line, '', look))
    return ['', ...edit.map((file) => `edit  ${file}`), ...said]
  }
  return [
    '',
    ...[times, none].filter(Boolean).flatMap((line) => wrap(line, '', look)),
    ...edit.map((file) => `edit  ${file}`),
    none ? `back  ${commandLine('reset', number, '--missing')}` : '',
    `hint  ${commandLine('hint', number)}`,
    sameFailures >= tooOften ? `show  ${commandLine('solution', number)}` : '',
  ].filter((line, at) => at === 0 || line !== '')
}
