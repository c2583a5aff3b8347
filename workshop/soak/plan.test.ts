import { expect, test } from 'vitest'
import { planOf, type PlanOptions, type TroubleKind } from './plan.ts'
import { type Endured, missing } from './result.ts'

const long: PlanOptions = { seed: 'a', seconds: 600, broker: 'rabbitmq', canPause: true }

function counts(options: PlanOptions): Record<TroubleKind, number> {
  const count = { kill: 0, crash: 0, pause: 0, cut: 0, hole: 0, restart: 0, full: 0 }
  for (const { kind } of planOf(options)) count[kind] += 1
  return count
}

test('a seed decides everything, and another seed otherwise', () => {
  expect(planOf(long)).toEqual(planOf(long))
  expect(planOf(long)).not.toEqual(planOf({ ...long, seed: 'b' }))
})

test.for([40, 60, 600])('what is planned for %i seconds is more than has to happen', (seconds) => {
  for (const broker of ['sqlite', 'rabbitmq'] as const) {
    const options = { ...long, broker, seconds }
    const { kill, crash, pause, cut, hole, restart, full } = counts(options)
    const endured: Endured = {
      kills: kill,
      pauses: pause,
      cuts: cut + hole,
      restarts: restart,
      fullDisks: full,
      savesRefused: 0,
      killsInFlight: kill,
      crashesBetweenCommitAndPublish: crash,
      duplicatesArrived: 1000,
    }
    expect(missing(endured, options)).toEqual([])
  }
})

test('troubles come in their order, and under load', () => {
  const plan = planOf(long)
  const times = plan.map(({ atMs }) => atMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(0.05 * 600_000)
  expect(times.at(-1)).toBeLessThanOrEqual(0.95 * 600_000)
})

test('a pause is longer than a lease, or than the heartbeats that a broker waits for', () => {
  const pauses = (broker: PlanOptions['broker']) =>
    planOf({ ...long, broker }).filter(({ kind }) => kind === 'pause')
  expect(pauses('sqlite').every(({ lastsMs }) => lastsMs >= 1500)).toBe(true)
  expect(pauses('rabbitmq').every(({ lastsMs }) => lastsMs >= 3500)).toBe(true)
})

test('where there is no wire none is cut, and where nothing can be paused nothing is', () => {
  expect(counts({ ...long, broker: 'sqlite' })).toMatchObject({ cut: 0, hole: 0 })
  expect(counts({ ...long, canPause: false })).toMatchObject({ pause: 0 })
})
