// The bank under our explorer: how fast schedules run, and what a search of all of them takes.

import { performance } from 'node:perf_hooks'
import type { Faults, Process, System } from '../../shared/src/simulation/index.ts'
import { drive, findDrain } from '../../shared/src/simulation/drive.ts'
import { Runner } from '../../shared/src/simulation/run.ts'
import { randomWalk } from '../../shared/src/simulation/strategies/random.ts'
import { Search } from '../../shared/src/simulation/strategies/search.ts'
import { randomOf } from '../../shared/src/simulation/strategy.ts'
import { Bank, Consumer, type Perform } from './bank.ts'
import { perCpuSecond } from './measure.ts'

export type Setting = {
  readonly consumers: number
  /** 12 steps for each message, rather than 6. */
  readonly isLong: boolean
  readonly faults?: Faults
}

/** Runs random schedules; resolves with how many of them fit into a second of CPU time. */
export async function randomSchedules(setting: Setting, runs: number): Promise<number> {
  const { runner, drain } = await open(setting)
  const strategy = randomWalk({ random: randomOf(1) })
  const work = function* () {
    for (let run = 0; run < runs; run += 1) {
      yield* runner.run(strategy)
      yield undefined
    }
  }
  return perCpuSecond(runs, () => drive(work(), { drain, onRealTime: () => undefined }))
}

export type Searched = { readonly runs: number; readonly states: number; readonly ms: number }

/** Searches all states. */
export async function allStates(setting: Setting): Promise<Searched> {
  const { runner, drain } = await open(setting)
  const search = new Search()
  const work = function* () {
    do {
      yield* runner.run(search)
      yield undefined
    } while (search.advance())
  }
  const beganMs = performance.now()
  await drive(work(), { drain, onRealTime: () => undefined })
  return { runs: runner.runs, states: search.states, ms: performance.now() - beganMs }
}

async function open(setting: Setting) {
  const drain = await findDrain()
  const { faults = {} } = setting
  return { drain, runner: new Runner({ system: bank(setting), faults, maxSteps: 1000, drain }) }
}

/** Two deposits for one account, and with a third consumer one for another. */
function bank({ consumers, isLong, faults = {} }: Setting): System {
  const messages = ['1/ann', '2/ann', '3/ben'].slice(0, consumers)
  return (simulation) => {
    const bank = new Bank(messages)
    simulation.state(() => bank.digest())
    for (let number = 1; number <= consumers; number += 1) {
      simulation.process({
        name: `consumer-${number}`,
        group: 'consumers',
        isMemoryless: true,
        start: (process) => void consume(process, bank),
      })
    }
    return {
      atEnd: () =>
        bank.published.length >= (isLong ? messages.length : 0)
          ? undefined
          : { code: 'LOST', sentence: 'a deposit was not published' },
    }
  }

  async function consume(process: Process, bank: Bank): Promise<void> {
    const perform: Perform = (step) => process.operation(step)
    const consumer = new Consumer(bank, { isLong, perform })
    process.onCrash(() => {
      if (consumer.held !== undefined) bank.queue.unshift(consumer.held)
    })
    // With crashes, a consumer may have to do the work of another one.
    do await consumer.consume()
    while (Object.keys(faults).length > 0)
  }
}
