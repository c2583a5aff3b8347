// How fast the explorer is, beside fast-check's scheduler on the same system in the same process:
// two consumers with 12 steps each. The rounds are interleaved, so that whatever slows the machine
// down slows both down; what is compared is the ratio. Then, what a search of all schedules takes.

import { fastCheckSchedules } from './explorer/fast-check.ts'
import { median } from './explorer/measure.ts'
import { outboxSearch } from './explorer/outbox.ts'
import { allStates, randomSchedules } from './explorer/simulated.ts'

const rounds = 5
const atLeast = { schedules: 100_000, withFaults: 50_000, ratio: 8 }

export type Figures = {
  readonly schedulesPerCpuSecond: number
  readonly withFaultsPerCpuSecond: number
  readonly fastCheckPerCpuSecond: number
  readonly ratio: number
  readonly ok: boolean
}

export async function bench(print: (line: string) => void): Promise<Figures> {
  const measured = { ours: [] as number[], faults: [] as number[], fastCheck: [] as number[] }
  print(`schedules of 2 x 12 steps per CPU-second     ours  with a crash  fast-check`)
  // The first round warms up, and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const fastCheck = await fastCheckSchedules(4000)
    const ours = await randomSchedules({ consumers: 2, isLong: true }, 40_000)
    const faults = { crashes: 1 }
    const withFaults = await randomSchedules({ consumers: 2, isLong: true, faults }, 20_000)
    print(
      (round === 0 ? 'warm-up' : `round ${round}`).padEnd(37) +
        `${column(ours, 12)}${column(withFaults, 14)}${column(fastCheck, 12)}`,
    )
    if (round === 0) continue
    measured.ours.push(ours)
    measured.faults.push(withFaults)
    measured.fastCheck.push(fastCheck)
  }
  print('\nall schedules                  runs      states          ms')
  for (const [consumers, isLong] of [
    [2, false],
    [2, true],
    [3, false],
    [3, true],
  ] as const) {
    const { runs, states, ms } = await allStates({ consumers, isLong })
    const name = `${consumers} x ${isLong ? 12 : 6} steps`
    print(`${name.padEnd(23)}${column(runs, 12)}${column(states, 12)}${column(ms, 12)}`)
  }
  const searches = [await outboxSearch(), await outboxSearch(), await outboxSearch()]
  const ms = median(searches.map((search) => search.ms))
  const { states = 0, schedules = 0 } = searches[0] ?? {}
  const name = 'an outbox, 1 crash'
  print(`${name.padEnd(23)}${column(schedules, 12)}${column(states, 12)}${column(ms, 12)}`)
  print('  (2 consumers, 3 messages, the full pipeline on the simulated broker and store)\n')
  return judged(measured)
}

type Measured = Readonly<Record<'ours' | 'faults' | 'fastCheck', readonly number[]>>

function judged(measured: Measured): Figures {
  const schedules = Math.round(median(measured.ours))
  const withFaults = Math.round(median(measured.faults))
  const fastCheck = Math.round(median(measured.fastCheck))
  const ratio = Math.round((schedules / fastCheck) * 10) / 10
  return {
    schedulesPerCpuSecond: schedules,
    withFaultsPerCpuSecond: withFaults,
    fastCheckPerCpuSecond: fastCheck,
    ratio,
    ok:
      schedules >= atLeast.schedules && withFaults >= atLeast.withFaults && ratio >= atLeast.ratio,
  }
}

const column = (value: number, width: number): string =>
  Math.round(value).toLocaleString('en').padStart(width)
