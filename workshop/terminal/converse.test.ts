// The conversation as a whole: keys go in, the runner does what they ask for, and the terminal
// shows it. The tests of the exercise are answered by hand.

import { realTime } from '@workshop/shared/world'
import { expect, test } from 'vitest'
import type { Ran } from '../loop/resident.ts'
import { Runner } from '../runner/runner.ts'
import { Bench, outcome, ran } from '../runner/testing/bench.ts'
import { converse } from './converse.ts'
import { TerminalView } from './terminal-view.ts'
import { Emulator } from './testing/emulator.ts'

const { until } = realTime()
const green = ran(outcome('it holds'))
const red = ran(outcome('it holds', 'LOST_MESSAGE'))

/** Somebody at a terminal, in front of an exercise whose next runs end like this. */
async function sitDown(...ends: readonly Ran[]) {
  const terminal = new Emulator()
  const view = new TerminalView(terminal)
  const bench = await Bench.make((event) => view.show(event))
  let runs = 0
  const runner = new Runner(
    bench.desk,
    {
      run: () => Promise.resolve(ends[Math.min(runs++, ends.length - 1)] ?? red),
      stop: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    {
      hasEvents: true,
      onFailure: (error) => {
        throw error
      },
      typesIn: () => Promise.resolve([]),
      watchSaves: () => () => undefined,
    },
  )
  let listener: ((key: string) => void) | undefined
  let hasEnded = false
  const ended = converse({
    desk: bench.desk,
    runner,
    view,
    onKey: (hear) => {
      listener = hear
      return () => (listener = undefined)
    },
  }).then(() => (hasEnded = true))
  const sees = (text: RegExp): Promise<void> =>
    until(() => text.test(terminal.screen.join('\n')), `${text} on the screen`)
  await runner.run('opened')
  return {
    bench,
    runner,
    terminal,
    sees,
    ended,
    press: (keys: string) => {
      for (const key of keys) listener?.(key)
    },
    isOver: () => hasEnded,
    hears: () => listener !== undefined,
    [Symbol.asyncDispose]: async () => {
      await runner[Symbol.asyncDispose]()
      await bench[Symbol.asyncDispose]()
    },
  }
}

test('a question stands where the keys were, and another key brings them back', async () => {
  await using all = await sitDown(red)
  const { press, terminal } = all
  press('x')
  expect(terminal.screen.join('\n')).toContain('13 back to its start?')
  expect(terminal.screen.join('\n')).not.toContain('n next · ')
  press('z')
  expect(terminal.screen.join('\n')).not.toContain('13 back to its start?')
  expect(terminal.screen.join('\n')).toContain('n next · ')
})

test('a reset that is confirmed is done, and the exercise is run again', async () => {
  await using all = await sitDown(red)
  const { bench, press, sees } = all
  await bench.clone.put('orders.ts', 'mine')
  press('xy')
  await sees(/13 is back at its start/)
  await until(() => bench.kinds.filter((kind) => kind === 'types').length === 2, 'a second run')
  expect(bench.last('running').why).toBe('asked')
  expect(await bench.clone.read('orders.ts')).toBe('export const orders = 1\n')
})

test('n pressed twice on green goes on by one exercise, and no further', async () => {
  await using all = await sitDown(green, red)
  const { bench, press, runner } = all
  press('nn')
  await runner.act(() => Promise.resolve({ runsAgain: false }))
  await until(() => bench.kinds.filter((kind) => kind === 'types').length === 2, 'a second run')
  expect(bench.kinds.filter((kind) => kind === 'went')).toHaveLength(1)
  expect(bench.kinds).not.toContain('finished')
  expect(bench.desk.exercise.number).toBe('14')
})

test('two digits after the list go to an exercise, or say that there is none', async () => {
  await using all = await sitDown(red)
  const { bench, press, sees } = all
  press('l99')
  await sees(/There is no exercise 99 here\./)
  press('l14')
  await sees(/^14 {2}Generic outbox/m)
  expect(bench.desk.exercise.number).toBe('14')
})

test('a difference is asked back for while the solution is closed, and shown then', async () => {
  await using all = await sitDown(red)
  const { press, sees } = all
  press('d')
  await sees(/It shows the solution before you have yours/)
  press('d')
  await sees(/13 yours and the solution/)
})

test.each(['q', '\u0003', '\u0004'])('%j ends it, and nothing is heard afterwards', async (key) => {
  await using all = await sitDown(red)
  const { press, hears, ended, bench } = all
  press('s')
  press(key === 'q' ? 'zq' : key)
  await ended
  expect(hears()).toBe(false)
  press('xy')
  expect(bench.kinds).not.toContain('written')
})

test('the help, a hint and a run without a save come of their keys', async () => {
  await using all = await sitDown(red)
  const { press, sees, bench } = all
  press('?')
  await sees(/h {2}one more hint, of three/)
  press('h')
  await sees(/13 Hint 1 of 2: Where to look/)
  press('r')
  await until(() => bench.kinds.filter((kind) => kind === 'types').length === 2, 'a second run')
})
