import { expect, test } from 'vitest'
import { boundsMs } from '../histogram.ts'
import { ManualWorld } from '../../world/index.ts'
import { addPorsche, counting, fixture } from '../fixture.ts'
import { effectOf } from '../watch.ts'
import { metrics } from './metrics.ts'

function measured(work: Parameters<typeof counting>[0] = () => undefined) {
  const numbers = metrics()
  const world = new ManualWorld()
  const { handler } = counting(work)
  return { numbers, world, ...fixture([handler], { behaviours: [numbers], world }) }
}

const none = {
  delivered: 0,
  handled: 0,
  duplicates: 0,
  retried: 0,
  released: 0,
  deadLettered: 0,
  lost: 0,
  inFlight: 0,
}

test('an endpoint that has started is there, before anything is delivered to it', () => {
  expect(measured().numbers.read()).toMatchObject([{ endpoint: 'orders', ...none }])
})

test('each delivery counts as what the broker says became of it, also what cannot be read', async () => {
  const { numbers, deliverAndSettle } = measured()
  const unreadable = { id: 'm-1', type: 'Paint', headers: {}, body: new Uint8Array([255]) }
  await deliverAndSettle(addPorsche, 'acked')
  await deliverAndSettle(addPorsche, 'retried')
  await deliverAndSettle(addPorsche, 'released')
  await deliverAndSettle(addPorsche, 'lost')
  await deliverAndSettle(unreadable, 'deadLettered')
  expect(numbers.read()[0]).toMatchObject({
    ...none,
    delivered: 5,
    handled: 1,
    retried: 1,
    released: 1,
    lost: 1,
    deadLettered: 1,
  })
})

test('what was acknowledged counts as a duplicate where its effect was found, and not made', async () => {
  const reports = [['found'], ['saved', 'found'], ['found', 'saved'], []] as const
  const { numbers, deliverAndSettle } = measured((run, _message, { bag }) => {
    for (const effect of reports[run - 1] ?? []) bag.get(effectOf)(effect)
  })
  for (const _ of reports) await deliverAndSettle(addPorsche, 'acked')
  expect(numbers.read()[0]).toMatchObject({ delivered: 4, handled: 3, duplicates: 1 })
})

test('what is in flight is counted, with the age of the oldest, until it is settled', async () => {
  const first = Promise.withResolvers<void>()
  const { numbers, world, deliverAndSettle } = measured((run) =>
    run === 1 ? first.promise : undefined,
  )
  const slow = deliverAndSettle(addPorsche, 'acked')
  await world.advance(300)
  await deliverAndSettle(addPorsche, 'acked')
  expect(numbers.read()[0]).toMatchObject({ inFlight: 1, oldestInFlightMs: 300, delivered: 2 })
  first.resolve()
  await slow
  expect(numbers.read()[0]).toMatchObject({ inFlight: 0, oldestInFlightMs: 0, handled: 2 })
})

test('how long deliveries took is counted in classes, and their number is bounded', async () => {
  const times = [0, 1, 2, 3, 60_000, 60_001, -5]
  const { numbers, world, deliverAndSettle } = measured(async (run) => {
    await world.advance(times[run - 1] ?? 0)
  })
  for (const _ of times) await deliverAndSettle(addPorsche, 'acked')
  const { counts, sumMs } = numbers.read()[0]!.handling
  expect(counts).toHaveLength(boundsMs.length + 1)
  expect([counts[0], counts[1], counts[2], counts.at(-2), counts.at(-1)]).toEqual([3, 1, 1, 1, 1])
  expect(sumMs).toBe(120_007)
})
