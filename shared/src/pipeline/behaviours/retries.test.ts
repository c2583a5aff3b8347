import { expect, test } from 'vitest'
import { Conflict } from '../../store/index.ts'
import { ManualWorld, TooLarge, Unavailable } from '../../world/index.ts'
import { addPorsche, counting, failing, fixture, reasonIn } from '../fixture.ts'
import { conflictRetry } from './conflict-retry.ts'
import { deadLetter } from './dead-letter.ts'
import { delayedRetry } from './delayed-retry.ts'
import { immediateRetry } from './immediate-retry.ts'
import { standard } from './standard.ts'

const down = new Unavailable('the database is down')
const always = Infinity

test('a failure that is over at once is retried in place', async () => {
  const { runs, handler } = counting(failing(2, down))
  const { deliver } = fixture([handler], { behaviours: [immediateRetry({ times: 2 })] })
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  expect(runs.count).toBe(3)
})

test('in place it is retried as often as was said, and no more', async () => {
  const { runs, handler } = counting(failing(always, down))
  const { deliver } = fixture([handler], { behaviours: [immediateRetry({ times: 2 })] })
  expect((await deliver(addPorsche)).kind).toBe('retry')
  expect(runs.count).toBe(3)
})

test('a failure that stays is delivered again later, with a delay that doubles up to its bound', async () => {
  const { handler } = counting(failing(always, down))
  const random = () => 0.999999
  const { deliver } = fixture([handler], {
    behaviours: [delayedRetry({ attempts: 10, baseMs: 1000, maxMs: 5000 })],
    world: new ManualWorld({ random }),
  })
  const delays: unknown[] = []
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const outcome = await deliver(addPorsche, attempt)
    delays.push('delayMs' in outcome ? outcome.delayMs : outcome.kind)
  }
  expect(delays).toEqual([1000, 2000, 4000, 5000, 5000])
})

test('the delay has jitter: what fails together does not come back together', async () => {
  const { handler } = counting(failing(always, down))
  const delays = new Set<unknown>()
  for (const number of [0.1, 0.5, 0.9]) {
    const { deliver } = fixture([handler], {
      behaviours: [delayedRetry({ baseMs: 1000 })],
      world: new ManualWorld({ random: () => number }),
    })
    const outcome = await deliver(addPorsche)
    delays.add('delayMs' in outcome ? outcome.delayMs : outcome.kind)
  }
  expect(delays).toEqual(new Set([100, 500, 900]))
})

test('after its last attempt a message is a dead letter, with the reason', async () => {
  const { handler } = counting(failing(always, down))
  const behaviours = [deadLetter(), delayedRetry({ attempts: 3 })]
  const { deliver } = fixture([handler], { behaviours })
  expect((await deliver(addPorsche, 2)).kind).toBe('retry')
  const last = await deliver(addPorsche, 3)
  expect(last.kind).toBe('dead-letter')
  expect(reasonIn(last)).toBe('Unavailable: the database is down')
})

test('what no retry can mend is a dead letter after one run', async () => {
  const { runs, handler } = counting(failing(always, new TooLarge('maxValueBytes', 'too large')))
  const behaviours = [deadLetter(), delayedRetry(), immediateRetry()]
  const { deliver } = fixture([handler], { behaviours })
  expect((await deliver(addPorsche, 1)).kind).toBe('dead-letter')
  expect(runs.count).toBe(1)
})

test('a conflict is retried in place, and is not a failed delivery', async () => {
  const world = new ManualWorld()
  const { runs, handler } = counting(failing(9, new Conflict('order-1')))
  const { deliver } = fixture([handler], {
    behaviours: [deadLetter(), delayedRetry({ attempts: 1 }), immediateRetry(), conflictRetry()],
    world,
  })
  const outcome = deliver(addPorsche)
  await world.advance(1000)
  expect(await outcome).toEqual({ kind: 'ack' })
  expect(runs.count).toBe(10)
})

test('a handler that can never win its conflict ends in the dead letters', async () => {
  const world = new ManualWorld()
  const { runs, handler } = counting(failing(always, new Conflict('order-1')))
  const { deliver } = fixture([handler], {
    behaviours: [deadLetter(), immediateRetry({ times: 5 }), conflictRetry({ times: 3 })],
    world,
  })
  const outcome = deliver(addPorsche)
  await world.advance(1000)
  expect((await outcome).kind).toBe('dead-letter')
  expect(runs.count).toBe(4)
})

test('a message that is wanted back is neither retried later nor a dead letter', async () => {
  const aborted = AbortSignal.abort(new Error('stopping'))
  const { handler } = counting(failing(always, down))
  const { deliver } = fixture([handler], { behaviours: [deadLetter(), delayedRetry()] })
  const outcome = await deliver(addPorsche, 5, aborted)
  expect(outcome).toEqual({
    kind: 'retry',
    delayMs: 0,
    reason: 'Unavailable: the database is down',
  })
})

test('the standard behaviours retry now, then later, then give up', async () => {
  const world = new ManualWorld()
  const { runs, handler } = counting(failing(always, down))
  const { deliver } = fixture([handler], { behaviours: standard(), world })
  expect((await deliver(addPorsche, 1)).kind).toBe('retry')
  expect(runs.count).toBe(3)
  expect((await deliver(addPorsche, 5)).kind).toBe('dead-letter')
})
