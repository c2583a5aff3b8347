// What a person has before them: whole terminals, of 80 and of 60 columns, at the moments of a
// story. `vitest run workshop/terminal -u` writes them again; then read them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunnerEvent } from '../runner/events.ts'
import { fixtures } from '../screens/testing/events.ts'
import { exercise, greenResult, redResult } from '../screens/testing/results.ts'
import { questionOf } from './keys.ts'
import { TerminalView } from './terminal-view.ts'
import { Emulator } from './testing/emulator.ts'

const folder = join(import.meta.dirname, 'golden')

type StageOptions = { readonly rows?: number; readonly large?: boolean }

/** A view, the terminal that it draws in, and the moments at which somebody looked. */
class Stage {
  readonly columns: number
  readonly terminal: Emulator
  readonly view: TerminalView
  readonly moments: string[] = []

  constructor(columns: number, { rows, large = false }: StageOptions = {}) {
    this.columns = columns
    this.terminal = new Emulator({ columns, ...(rows === undefined ? {} : { rows }) })
    let seconds = 10
    const now = (): Date => new Date(2026, 10, 21, 14, 2, (seconds += 1))
    this.view = new TerminalView(this.terminal, { now, large })
  }

  show(...events: readonly RunnerEvent[]): this {
    for (const event of events) this.view.show(event)
    return this
  }

  /** Shows one of the fixtures. */
  tell(kind: RunnerEvent['kind'], variant: string): this {
    const variants: Readonly<Record<string, RunnerEvent>> = fixtures(this.columns)[kind]
    const event = variants[variant]
    if (!event) throw new Error(`expected a fixture "${variant}" of ${kind}, got none`)
    return this.show(event)
  }

  red(): this {
    return this.show({ kind: 'running', exercise, why: 'saved' }, redResult(this.columns))
  }

  look(moment: string): this {
    this.moments.push(`=== ${moment}`, ...this.terminal.all)
    return this
  }
}

const running: RunnerEvent = { kind: 'running', exercise, why: 'saved' }
const noProblems: RunnerEvent = { kind: 'types', exercise, problems: [] }

const stories: Readonly<Record<string, (stage: Stage) => unknown>> = {
  'welcome-and-red': (stage) =>
    stage
      .tell('opened', 'for the first time')
      .look('opened')
      .show(running)
      .look('while it runs')
      .show(redResult(stage.columns), noProblems)
      .look('red'),
  green: (stage) =>
    stage
      .show(running, greenResult)
      .look('while the types are checked')
      .show(noProblems)
      .tell('green', 'for the first time')
      .look('green')
      .tell('wider', 'is under way')
      .tell('wider', 'holds')
      .look('wider bounds hold')
      .tell('went', 'to the next one')
      .look('on the way to the next one'),
  'green-again': (stage) =>
    stage.show(running, greenResult, noProblems).tell('green', 'again').look('green'),
  'the-last-one': (stage) =>
    stage
      .show(running, greenResult, noProblems)
      .tell('green', 'the last one')
      .tell('finished', 'all of it')
      .look('finished'),
  'types-only': (stage) => stage.show(running, greenResult).tell('types', 'one').look('types'),
  'red-and-types': (stage) => stage.red().tell('types', 'five').look('red, with type problems'),
  timeout: (stage) =>
    stage.show(running).tell('result', 'a loop without an end').show(noProblems).look('timeout'),
  questions: (stage) => {
    stage.show(running, greenResult).tell('types', 'one')
    for (const asked of [
      'skip',
      'stuck',
      'reset',
      'compare',
      { goTo: '' },
      { goTo: '1' },
    ] as const) {
      stage.view.ask(questionOf(asked, '03'))
      stage.look(`asked: ${JSON.stringify(asked)}`)
    }
    stage.view.ask(questionOf('nothing', '03'))
    stage.look('withdrawn')
  },
  'second-run': (stage) =>
    stage
      .red()
      .show(noProblems)
      .tell('hint', 'the first')
      .look('a hint below the first run')
      .show(running)
      .look('while the second one runs')
      .show(greenResult, noProblems)
      .tell('green', 'for the first time')
      .look('the second verdict'),
  skipped: (stage) =>
    stage
      .red()
      .tell('skipped', 'as it is')
      .tell('went', 'to the next one')
      .show(running)
      .look('on the next one'),
  actions: (stage) =>
    stage
      .show(running, greenResult)
      .tell('types', 'one')
      .tell('written', 'reset')
      .look('reset')
      .tell('stray', 'in the solution')
      .look('an edit that went astray')
      .tell('notice', 'short')
      .look('a notice'),
  setup: (stage) =>
    stage
      .show(running)
      .tell('setup', 'a folder that cannot be written')
      .look('set-up problem')
      .show(running)
      .look('the next save'),
  closed: (stage) => {
    stage.show(running, greenResult).tell('types', 'one')
    stage.view.ask(questionOf('stuck', '03'))
    stage.view.close()
    stage.show(running).view.ask(['nobody sees this'])
    stage.terminal.write('$ \n')
    stage.look('after the end, with a prompt')
  },
}

const forms = {
  '80': { columns: 80, large: false },
  '60': { columns: 60, large: false },
  // The fixtures are laid out for as many columns as a projector has.
  large: { columns: 60, large: true },
} as const

const cases = Object.keys(stories).flatMap((story) =>
  (['80', '60', 'large'] as const).map((form) => ({ story, form })),
)

test.each(cases)('$story is as it was looked at: $form', async ({ story, form }) => {
  const { columns, large } = forms[form]
  const stage = new Stage(columns, { large })
  stories[story]?.(stage)
  const golden = join(folder, `${story}-${form}.txt`)
  await expect(`${stage.moments.join('\n')}\n`).toMatchFileSnapshot(golden)
})

test('what was given up leaves no verdict behind, and what still runs is left as it is', () => {
  const stage = new Stage(80).show(running, running, greenResult, running)
  stage.view.close()
  expect(stage.terminal.all.filter((line) => line.endsWith('...'))).toEqual(['running ...'])
})

test('no golden file is without a story', () => {
  const expected = cases.map(({ story, form }) => `${story}-${form}.txt`)
  expect(readdirSync(folder).toSorted()).toEqual(expected.toSorted())
})

test('every line that is told stays, whatever is drawn again below it', () => {
  const stage = new Stage(80, { rows: 24 })
  const { view, terminal } = stage
  for (let number = 1; number <= 50; number += 1) {
    stage.show({ kind: 'notice', text: `notice ${number}` })
    if (number % 3 === 0) view.ask(questionOf('stuck', '03'))
    if (number % 5 === 0) view.ask(undefined)
    if (number % 7 === 0) stage.show(running, greenResult, noProblems)
  }
  const told = terminal.all.filter((line) => line.startsWith('notice'))
  expect(told).toEqual(Array.from({ length: 50 }, (_, at) => `notice ${at + 1}`))
  expect(terminal.all.filter((line) => line.startsWith('n next · '))).toHaveLength(1)
})

test.each([80, 60])(
  'in a terminal of %i columns and 24 rows what broke in the first failure is in sight',
  (columns) => {
    const { terminal } = new Stage(columns, { rows: 24 }).red().show(noProblems)
    const seen = terminal.screen.join('\n')
    expect(seen).toContain('┃ DUPLICATE_EFFECT: expected "porsche" once')
    expect(seen).toContain('RED  3 of 4 tests pass')
  },
)

test('what can be drawn again is within what can be reached', () => {
  const { terminal, view } = new Stage(60, { rows: 24 }).red()
  view.ask(questionOf('stuck', '03'))
  const { length } = terminal.all
  view.ask(undefined)
  view.ask(questionOf('stuck', '03'))
  expect(terminal.all).toHaveLength(length)
})

test('colour only repeats what a word or a sign says, and no other sequence is used', () => {
  const written: string[] = []
  const view = new TerminalView({ columns: 80, write: (text) => written.push(text) })
  for (const event of [running, redResult(80), noProblems, running, greenResult]) view.show(event)
  const text = written.join('')
  expect(text).toContain('\u001b[31m ✘ ')
  // oxlint-disable-next-line no-control-regex -- colours and the cursor upwards are all there is
  expect(text.replaceAll(/\u001b\[(\d+(;\d+)*m|\d+A|0J)/g, '')).not.toMatch(/\u001b/)
})
