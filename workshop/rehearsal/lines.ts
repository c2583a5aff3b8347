// A rehearsal as lines of text: what was played as it goes, and at the end a table of what it took,
// what failed, and whether the room may come.

import type { Exercise } from '../catalogue/exercise.ts'
import { hanging } from '../planning/lines.ts'
import type { Part, Rehearsal, Rehearsed, Step } from './rehearse.ts'

/** A step in lines; undefined where it is none for this terminal. */
export function stepLines(step: Step, width: number): readonly string[] {
  if (step.kind === 'playing') return []
  if (step.kind === 'types') {
    const { ok, ms, problems } = step.part
    return [
      `${sign(ok)} types of all starts and solutions  ${seconds(ms)}`,
      ...told(problems, width),
    ]
  }
  const { exercise, ok, start, solution, demo } = step.rehearsed
  const codes = start.codes.length > 0 ? `red with ${start.codes.join(', ')}` : 'not red'
  const end = solution.ok ? 'then green' : 'then not green'
  const shown = demo === undefined ? '' : demo.ok ? ', demo fine' : ', demo not as it should be'
  return [
    ...hanging(`${sign(ok)} ${exercise.slice(0, 2)}  `, `${codes}, ${end}${shown}`, width),
    ...told(problemsOf(step.rehearsed), width),
  ]
}

const sign = (ok: boolean): string => (ok ? '✔' : '✘')

const told = (problems: readonly string[], width: number): readonly string[] =>
  problems.flatMap((problem) =>
    problem
      .split('\n')
      .slice(0, 3)
      .flatMap((line) => hanging('      ', line.trim(), width)),
  )

const problemsOf = ({ start, solution, demo }: Rehearsed): readonly string[] => [
  ...named('start', start),
  ...named('solution', solution),
  ...named('demo', demo),
]

const named = (name: string, part: Part | undefined): readonly string[] =>
  (part?.problems ?? []).map((problem) => `${name}: ${problem}`)

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** The table, the sum, what failed, and the verdict last. `all` is what was to be played. */
export function rehearsalLines(
  rehearsal: Rehearsal,
  all: readonly Exercise[],
  width: number,
): readonly string[] {
  const { exercises, types, ms, ok } = rehearsal
  const sum = (part: (one: Rehearsed) => Part | undefined): number =>
    exercises.reduce((total, one) => total + (part(one)?.ms ?? 0), 0)
  return [
    row('', ['start', 'solution', 'demo'], width),
    ...all.map(({ folder, number, front }) => {
      const one = exercises.find(({ exercise }) => exercise === folder)
      const mark = one === undefined ? '…' : sign(one.ok)
      return row(`${mark} ${number}  ${front.title}`, cells(one), width)
    }),
    row(
      '  all',
      [sum(({ start }) => start), sum(({ solution }) => solution), sum(({ demo }) => demo)].map(
        seconds,
      ),
      width,
    ),
    '',
    ...hanging(
      '',
      `types ${seconds(types.ms)}, all in all ${seconds(ms)}; each time includes the start of its runner`,
      width,
    ),
    '',
    ...hanging(
      '',
      ok ? `READY  ${all.length} of ${all.length} are as they should be` : failure(rehearsal, all),
      width,
    ),
  ]
}

const cells = (one: Rehearsed | undefined): readonly string[] => {
  if (!one) return ['not played', '', '']
  return [one.start, one.solution, one.demo].map((part) => (part ? seconds(part.ms) : ''))
}

const cell = 11

/** `left`, cut where it does not fit, and three columns at the right edge. */
function row(left: string, right: readonly string[], width: number): string {
  const room = width - cell * right.length
  const text = left.length < room ? left : `${left.slice(0, room - 2)}…`
  return (text.padEnd(room) + right.map((one) => one.padStart(cell)).join('')).trimEnd()
}

function failure({ exercises, types, hang }: Rehearsal, all: readonly Exercise[]): string {
  const failed = exercises.filter(({ ok }) => !ok).map(({ exercise }) => exercise.slice(0, 2))
  const notPlayed = all.length - exercises.length
  const parts = [
    failed.length > 0 ? `not as it should be: ${failed.join(' ')}` : '',
    types.ok ? '' : 'the compiler has found something',
    hang === undefined ? '' : `the tests of ${hang.exercise} do not end`,
    notPlayed > 0 ? `not played: ${notPlayed}` : '',
  ]
  return `NOT READY  ${parts.filter(Boolean).join('; ')}`
}
