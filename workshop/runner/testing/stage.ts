// A runner whose tests end when they are told to, and whose saves are made by hand. For tests only.

import { realTime } from '@workshop/shared/world'
import type { Ran } from '../../loop/resident.ts'
import type { RunnerEvent } from '../events.ts'
import { Runner, type RunnerOptions } from '../runner.ts'
import { Bench, outcome, ran } from './bench.ts'

export const { until } = realTime()
export const green = ran(outcome('it holds'))
export const red = ran(outcome('it holds', 'LOST_MESSAGE'))

/** What somebody watches: a folder, and what a save in it calls. */
type Watched = { readonly folder: string; readonly save: () => void; readonly hasEvents: boolean }

/** A runner on a bench, what it was given, and what happened to it. */
export async function setUp(options: Partial<RunnerOptions> = {}) {
  const bench = await Bench.make()
  const log: string[] = []
  const failures: unknown[] = []
  const watched: Watched[] = []
  /** The tests that are under way. */
  const runs: PromiseWithResolvers<Ran>[] = []
  const runner = new Runner(
    bench.desk,
    {
      run: () => {
        const run = Promise.withResolvers<Ran>()
        runs.push(run)
        return run.promise
      },
      stop: () => {
        log.push('stopped')
        for (const { resolve } of runs) resolve(red)
        return Promise.resolve()
      },
      [Symbol.asyncDispose]: () => Promise.resolve(void log.push('closed')),
    },
    {
      hasEvents: true,
      onFailure: (error) => failures.push(error),
      typesIn: (_folder, signal) => Promise.resolve(signal.aborted ? undefined : []),
      watchSaves: (folder, save, { hasEvents }) => {
        const one = { folder, save, hasEvents }
        watched.push(one)
        return () => watched.splice(watched.indexOf(one), 1)
      },
      ...options,
    },
  )
  const told = (kind: RunnerEvent['kind']): number =>
    bench.kinds.filter((one) => one === kind).length
  const begun = (amount: number): Promise<void> =>
    until(() => runs.length >= amount, `${amount} runs to have begun`)
  return {
    bench,
    runner,
    told,
    begun,
    hears: (kind: RunnerEvent['kind'], amount: number) =>
      until(() => told(kind) === amount, `${amount} times "${kind}"`),
    runs,
    watched,
    failures,
    log,
    /** The reader saves a file. */
    save: () => watched[0]?.save(),
    /** Ends the tests that began as the one with this number, as soon as they have begun. */
    end: async (number: number, how = red) => {
      await begun(number + 1)
      runs[number]?.resolve(how)
    },
    [Symbol.asyncDispose]: async () => {
      await runner[Symbol.asyncDispose]()
      await bench[Symbol.asyncDispose]()
    },
  }
}

/** Everything that can happen by itself, without a test that ends, has happened. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
