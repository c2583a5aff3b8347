import { expect, test } from 'vitest'
import { ItemAdded } from '../../shop/index.ts'
import { ManualWorld } from '../../world/index.ts'
import { addPorsche, counting, fixture, reasonIn } from '../fixture.ts'
import { immediateRetry } from './immediate-retry.ts'
import { timeLimit } from './time-limit.ts'

test('a handler that hangs fails when its time is up, and its signal is aborted', async () => {
  const world = new ManualWorld()
  let aborted: unknown
  const { handler } = counting((_run, _message, { signal }) => {
    signal.addEventListener('abort', () => {
      aborted = signal.reason
    })
    return new Promise(() => undefined)
  })
  const { deliver } = fixture([handler], { behaviours: [timeLimit({ ms: 100 })], world })
  const outcome = deliver(addPorsche)
  await world.advance(99)
  expect(aborted).toBeUndefined()
  await world.advance(1)
  expect(reasonIn(await outcome)).toContain('to take at most 100 ms')
  expect(String(aborted)).toContain('TimeLimitExceeded')
})

test.each([0, -1, Number.NaN, Infinity, 2_147_483_648])(
  'a limit of %d ms is refused when it is set, and not when the first handler fails by it',
  (ms) => {
    expect(() => timeLimit({ ms })).toThrow(`to 2147483647 ms, got ${ms}`)
  },
)

test('a handler whose time is up can publish no more', async () => {
  const world = new ManualWorld()
  const gate = Promise.withResolvers<void>()
  let late: Promise<void> | undefined
  const { handler } = counting(async (_run, { body }, { publish }) => {
    await gate.promise
    late = publish(ItemAdded(body))
    await late
  })
  const { deliver, sent } = fixture([handler], { behaviours: [timeLimit({ ms: 100 })], world })
  const outcome = deliver(addPorsche)
  await world.advance(100)
  await outcome
  gate.resolve()
  await world.advance(1)
  await expect(late).rejects.toThrow('at most 100 ms')
  expect(sent).toEqual([])
})

test('a handler that may still be running is not run again in place', async () => {
  const world = new ManualWorld()
  const { runs, handler } = counting(() => new Promise(() => undefined))
  const behaviours = [immediateRetry({ times: 5 }), timeLimit({ ms: 100 })]
  const { deliver } = fixture([handler], { behaviours, world })
  const outcome = deliver(addPorsche)
  await world.advance(10_000)
  expect((await outcome).kind).toBe('retry')
  expect(runs.count).toBe(1)
})

test('a handler that is done in time leaves no timer behind', async () => {
  const world = new ManualWorld()
  const { deliver } = fixture([counting(() => undefined).handler], {
    behaviours: [timeLimit({ ms: 100 })],
    world,
  })
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  expect(world.sleeping).toBe(0)
})
