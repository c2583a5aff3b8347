// The resident runner, with tests that end when they are told to and saves that are made by hand.

import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { SetupProblem } from '../command.ts'
import type { Ran } from '../loop/resident.ts'
import { green, red, setUp, settled, until } from './testing/stage.ts'
import { Wider } from './wider.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('every save runs the exercise again, one run after another', async () => {
  await using all = await setUp()
  const { runner, save, end, hears, runs } = all
  runner.watch()
  save()
  await end(0)
  await hears('types', 1)
  save()
  await end(1)
  await hears('types', 2)
  expect(runs).toHaveLength(2)
  expect(all.bench.last('running').why).toBe('saved')
})

test('both folders are watched, and only through what it was given', async () => {
  await using all = await setUp({ hasEvents: false })
  const { runner, watched, bench } = all
  runner.watch()
  const folders = watched.map(({ folder }) => folder)
  expect(folders).toEqual([bench.clone.folder, join(bench.clone.root, 'solutions', '13-outbox')])
  expect(watched.map(({ hasEvents }) => hasEvents)).toEqual([false, false])
})

test('where events do not arrive it polls from then on', async () => {
  await using all = await setUp()
  const { runner, watched } = all
  runner.watch()
  runner.poll()
  expect(watched.map(({ hasEvents }) => hasEvents)).toEqual([false, false])
})

test('many saves during a run make one more run, and that run is given up', async () => {
  await using all = await setUp()
  const { runner, save, end, begun, hears, runs, bench } = all
  runner.watch()
  const first = runner.run('opened')
  await begun(1)
  for (let saves = 0; saves < 5; saves += 1) save()
  await end(0, green)
  await end(1)
  await first
  await hears('types', 1)
  // Whatever waits behind it has its turn before this.
  let isIdle = false
  void runner.act(() => Promise.resolve({ runsAgain: false })).then(() => (isIdle = true))
  await until(() => isIdle || runs.length > 2, 'the runner to rest')
  expect(runs).toHaveLength(2)
  // The first run says nothing of types, nor that it was green.
  expect(bench.kinds).toEqual(['running', 'result', 'running', 'result', 'types'])
})

test('a save while the compiler is at work has it give up, and both are run again', async () => {
  const checked: AbortSignal[] = []
  await using all = await setUp({
    typesIn: (_folder, signal) => {
      checked.push(signal)
      if (checked.length > 1) return Promise.resolve([])
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined))
      })
    },
  })
  const { runner, save, end, hears, told } = all
  runner.watch()
  void runner.run('opened')
  await end(0, green)
  await hears('result', 1)
  save()
  await end(1, green)
  await hears('green', 1)
  expect(told('types')).toBe(1)
  expect(checked.map(({ aborted }) => aborted)).toEqual([true, false])
})

test('something is done between two runs, and runs the exercise again where it asks for it', async () => {
  await using all = await setUp()
  const { runner, end, begun, hears, told, watched } = all
  const order: string[] = []
  runner.watch()
  const before = watched[0]
  void runner.run('opened')
  const acted = runner.act(() => {
    order.push(`after ${told('types')} runs`)
    return Promise.resolve({ runsAgain: true })
  })
  await begun(1)
  await settled()
  expect(order).toEqual([])
  await end(0)
  await acted
  expect(order).toEqual(['after 1 runs'])
  await end(1)
  await hears('types', 2)
  expect(all.bench.last('running').why).toBe('asked')
  // What was written by it is no save of the reader's: it is watched afresh, and once.
  expect(watched).toHaveLength(2)
  expect(watched).not.toContain(before)
})

test('what does not ask for it leaves the exercise as it was', async () => {
  await using all = await setUp()
  await all.runner.act(() => Promise.resolve({ runsAgain: false }))
  await settled()
  expect(all.runs).toEqual([])
})

test('after an exercise was taken up, its folder is the one that is watched', async () => {
  await using all = await setUp()
  const { runner, watched, bench } = all
  runner.watch()
  await runner.act(async (desk) => {
    await desk.goTo(bench.exercises[1])
    return { runsAgain: true }
  })
  expect(watched.map(({ folder }) => folder)).toEqual(
    ['exercises', 'solutions'].map((one) => join(bench.clone.root, one, '14-generic-outbox')),
  )
})

test('a fault of the machine is told, and the next save runs again', async () => {
  await using all = await setUp()
  const { runner, save, end, begun, hears, runs, bench, failures } = all
  runner.watch()
  void runner.run('opened')
  await begun(1)
  runs[0]!.reject(new SetupProblem('expected room on the disk, got none'))
  await hears('setup', 1)
  expect(bench.last('setup').text).toBe('expected room on the disk, got none')
  save()
  await end(1)
  await hears('types', 1)
  expect(failures).toEqual([])
})

test('an error that nobody expected reaches whoever is told of failures', async () => {
  await using all = await setUp()
  const { runner, begun, runs, told, failures } = all
  const unexpected = new Error('no such thing')
  void runner.run('opened')
  await begun(1)
  runs[0]!.reject(unexpected)
  await until(() => failures.length === 1, 'a failure')
  expect(failures).toEqual([unexpected])
  expect(told('setup')).toBe(0)
})

test('an action that fails is told of as well', async () => {
  await using all = await setUp()
  const { runner, told, failures } = all
  await runner.act(() => Promise.reject(new SetupProblem('expected a folder, got a file')))
  expect(told('setup')).toBe(1)
  await runner.act(() => Promise.reject(new Error('no')))
  expect(failures).toHaveLength(1)
})

test('an edit of the solution is told once, however often it is saved', async () => {
  vi.stubEnv('CI', '')
  await using all = await setUp()
  const { runner, hears, told, watched, bench } = all
  runner.watch()
  await bench.clone.putAt('solutions/13-outbox/orders.ts', 'my edit\n')
  watched[1]!.save()
  await hears('stray', 1)
  watched[1]!.save()
  await runner.act(() => Promise.resolve({ runsAgain: false }))
  expect(told('stray')).toBe(1)
  expect(bench.last('stray')).toMatchObject({
    file: 'solutions/13-outbox/orders.ts',
    belongs: 'exercises/13-outbox/orders.ts',
  })
  expect(all.runs).toEqual([])
})

test('green tries wider bounds, and the next save has them give way', async () => {
  const opened: { isStopped: boolean }[] = []
  const wider = new Wider(
    () => {
      const one = { isStopped: false }
      const { promise, resolve } = Promise.withResolvers<Ran>()
      opened.push(one)
      return Promise.resolve({
        run: () => promise,
        stop: () => {
          one.isStopped = true
          resolve(red)
          return Promise.resolve()
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      })
    },
    () => Promise.resolve(),
  )
  await using all = await setUp({ wider })
  const { runner, save, end, hears, told } = all
  runner.watch()
  void runner.run('opened')
  await end(0)
  await hears('types', 1)
  save()
  await end(1, green)
  await hears('wider', 1)
  expect(opened).toHaveLength(1)
  save()
  await until(() => opened[0]!.isStopped, 'the wider bounds to give way')
  await end(2)
  await hears('types', 3)
  // What was given up is not told of.
  expect(told('wider')).toBe(1)
})

test('whoever quits does not wait for a run, and nothing runs afterwards', async () => {
  await using all = await setUp()
  const { runner, save, begun, runs, watched, bench, log } = all
  runner.watch()
  void runner.run('opened')
  await begun(1)
  save()
  const { save: late } = watched[0]!
  await runner[Symbol.asyncDispose]()
  expect(watched).toEqual([])
  expect(log).toEqual(['stopped', 'closed'])
  late()
  await settled()
  expect(runs).toHaveLength(1)
  expect(bench.kinds).not.toContain('types')
})
