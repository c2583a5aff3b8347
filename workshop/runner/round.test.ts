// One round on a real folder, with tests and a compiler that answer what they are told to.

import { expect, test } from 'vitest'
import type { TypeProblem } from '../loop/types.ts'
import { attemptsOf } from '../progress/attempts.ts'
import type { TestOutcome } from '../checking/tests.ts'
import { round } from './round.ts'
import { Bench, outcome, ran } from './testing/bench.ts'

const fails = [outcome('a crash loses none', 'LOST_MESSAGE'), outcome('it is sent once')]
const passes = [outcome('a crash loses none'), outcome('it is sent once')]
const problem: TypeProblem = {
  file: 'exercises/13-outbox/orders.ts',
  line: 2,
  code: 'TS2322',
  message: 'no',
}
const { signal } = new AbortController()

/** A round whose tests end so, and in which the compiler finds this. */
const play = (
  { desk }: Bench,
  outcomes: readonly TestOutcome[],
  problems: readonly TypeProblem[] = [],
) =>
  round(desk, {
    why: 'saved',
    resident: { run: () => Promise.resolve(ran(...outcomes)) },
    signal,
    typesIn: () => Promise.resolve(problems),
  })

test('tests are told before the compiler has answered, and green only after it', async () => {
  await using bench = await Bench.make()
  const { promise, resolve } = Promise.withResolvers<readonly TypeProblem[]>()
  const toldResult = Promise.withResolvers<void>()
  const { desk } = bench
  const folders: string[] = []
  const running = round(desk, {
    why: 'saved',
    resident: {
      run: (folder) => {
        folders.push(folder)
        queueMicrotask(toldResult.resolve)
        return Promise.resolve(ran(...passes))
      },
    },
    signal,
    typesIn: (folder) => {
      folders.push(folder)
      return promise
    },
  })
  await toldResult.promise
  await new Promise((next) => setImmediate(next))
  expect(bench.kinds).toEqual(['running', 'result'])
  expect(bench.last('result')).toMatchObject({ verdict: 'green', done: 0, of: 2, ms: 12 })
  resolve([])
  expect(await running).toBe('green')
  expect(bench.kinds).toEqual(['running', 'result', 'types', 'green'])
  expect(folders).toEqual([bench.clone.folder, bench.clone.folder])
})

test('a first green is kept and told with what holds now, and a second one is not', async () => {
  await using bench = await Bench.make()
  const { clone, exercises } = bench
  await clone.put('orders.ts', 'export const mine = 1\n')
  expect(await play(bench, passes)).toBe('green')
  expect(bench.last('green')).toMatchObject({
    isFirst: true,
    done: 1,
    holds: ['An event is sent once.', 'A crash loses none.'],
    open: 'Who dispatches it?',
    next: { number: '14' },
  })
  const kept = await attemptsOf(exercises[0], clone)
  expect(kept).toMatchObject([{ why: 'first green', files: ['orders.ts'] }])
  expect(await clone.everything()).toContain('export const mine = 1\n')
  await clone.put('orders.ts', 'export const mine = 2\n')
  expect(await play(bench, passes)).toBe('green')
  expect(bench.last('green')).toMatchObject({ isFirst: false, done: 1 })
  expect(await attemptsOf(exercises[0], clone)).toHaveLength(1)
})

test('a red run is noted with its failure, and in the file', async () => {
  await using bench = await Bench.make()
  expect(await play(bench, fails)).toBe('red')
  expect(bench.kinds).toEqual(['running', 'result', 'types'])
  const { progress } = await bench.file.read()
  expect(progress.exercises['outbox']).toMatchObject({
    status: 'open',
    runs: 1,
    redInARow: 1,
    failure: 'LOST_MESSAGE: a crash loses none',
    lastRun: { verdict: 'red', passed: 1, of: 2 },
  })
})

test('tests that pass are not green while the compiler finds problems', async () => {
  await using bench = await Bench.make()
  expect(await play(bench, passes, [problem])).toBe('red')
  expect(bench.kinds).toEqual(['running', 'result', 'types'])
  expect(bench.last('types').problems).toEqual([problem])
  expect(bench.desk.progress).toMatchObject({
    redInARow: 1,
    failure: 'TS2322: exercises/13-outbox/orders.ts',
  })
})

test('no tests at all are not green', async () => {
  await using bench = await Bench.make()
  expect(await play(bench, [])).toBe('red')
  expect(bench.last('result').verdict).toBe('red')
})

test('equal failures in a row are counted, and another one begins anew', async () => {
  await using bench = await Bench.make()
  const counted: number[] = []
  const other = [outcome('a crash loses none', 'STUCK'), outcome('it is sent once')]
  for (const outcomes of [fails, fails, fails, other, passes, fails]) {
    await play(bench, outcomes)
    counted.push(bench.last('result').sameFailures)
  }
  expect(counted).toEqual([1, 2, 3, 1, 0, 1])
})

/** A round that is given up while the compiler is at work. */
function givenUp({ desk }: Bench, outcomes: readonly TestOutcome[]) {
  const given = new AbortController()
  return round(desk, {
    why: 'saved',
    resident: { run: () => Promise.resolve(ran(...outcomes)) },
    signal: given.signal,
    typesIn: (_folder, theirs) => {
      given.abort()
      return Promise.resolve(theirs.aborted ? undefined : [])
    },
  })
}

test('a run that was given up tells nothing more, and is not noted', async () => {
  await using bench = await Bench.make()
  expect(await givenUp(bench, passes)).toBeUndefined()
  expect(bench.kinds).toEqual(['running', 'result'])
  expect((await bench.file.read()).progress.exercises).toEqual({})
})

test('tests that failed are noted once, also where the run was given up after them', async () => {
  await using bench = await Bench.make()
  const noted = async () => Object.values((await bench.file.read()).progress.exercises)
  expect(await givenUp(bench, fails)).toBeUndefined()
  const red = { lastRun: { verdict: 'red', passed: 1, of: 2 }, redInARow: 1, runs: 1 }
  expect(await noted()).toMatchObject([red])
  expect(await play(bench, fails, [problem])).toBe('red')
  expect(await noted()).toMatchObject([{ ...red, redInARow: 2, runs: 2, sameFailures: 2 }])
})

test('a compiler that fails fails the round, but after the tests were told', async () => {
  await using bench = await Bench.make()
  const failing = round(bench.desk, {
    why: 'asked',
    resident: { run: () => Promise.resolve(ran(...passes)) },
    signal,
    typesIn: () => Promise.reject(new Error('no compiler')),
  })
  await expect(failing).rejects.toThrow('no compiler')
  expect(bench.kinds).toEqual(['running', 'result'])
})

test('work begins with the first change: from then on its start is remembered', async () => {
  await using bench = await Bench.make()
  const { clone, desk, exercises } = bench
  await play(bench, fails)
  const asItCame = desk.progress.start
  expect(asItCame).toMatch(/^sha256:/)
  const newer = new Map([...exercises[0].start, ['notes.md', 'a newer start']])
  desk.exercise = { ...exercises[0], start: newer }
  await clone.put('notes.md', 'a newer start')
  await play(bench, fails)
  expect(desk.progress.start).not.toBe(asItCame)
  const before = desk.progress.start
  await clone.put('orders.ts', 'mine')
  await play(bench, fails)
  desk.exercise = exercises[0]
  await play(bench, fails)
  expect(desk.progress.start).toBe(before)
})

test('what the code prints, and the order of the page, are told', async () => {
  await using bench = await Bench.make()
  const later = outcome('table', undefined, 'a-table.test.ts')
  await round(bench.desk, {
    why: 'saved',
    resident: {
      run: () =>
        Promise.resolve({ ...ran(later, ...fails), printed: ['hello'], notShown: 3, ms: 7.6 }),
    },
    signal,
    typesIn: () => Promise.resolve([]),
  })
  const { tests, ...result } = bench.last('result')
  expect(tests.map(({ name }) => name)).toEqual(['a crash loses none', 'it is sent once', 'table'])
  expect(tests[0]).toMatchObject({ code: 'LOST_MESSAGE', explored: [{ schedules: 7 }] })
  expect(result).toMatchObject({ printed: ['hello'], notShown: 3, ms: 8 })
  expect(bench.desk.seen).toBe(bench.last('result'))
})
