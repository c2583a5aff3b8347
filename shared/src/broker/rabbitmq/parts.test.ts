// The small parts that can be tested without a broker: delays, back-off, lists, waiting.

import { expect, test } from 'vitest'
import { Backoff } from './backoff.ts'
import { checkedDelayMs, delayClassMs, expirationMs } from './delays.ts'
import { featuresOf } from './features.ts'
import { Fifo } from './fifo.ts'
import { InFlight } from './in-flight.ts'
import type { Subscription } from './subscription.ts'
import { orAborted, pause } from './waiting.ts'

test('a delay waits behind no delay of more than double', () => {
  for (const delayMs of [65, 100, 128, 129, 5000, 86_400_000, 2 ** 31 - 1]) {
    const classMs = delayClassMs(delayMs)
    expect(classMs).toBeGreaterThanOrEqual(delayMs)
    expect(classMs).toBeLessThan(2 * delayMs)
    expect(expirationMs(delayMs)).toBeGreaterThan(delayMs)
  }
  const classes = Array.from({ length: 2000 }, (_, i) => delayClassMs(1.013 ** i))
  expect(new Set(classes).size).toBeLessThanOrEqual(26)
})

test('what is no delay is refused', () => {
  expect(checkedDelayMs(undefined)).toBe(0)
  for (const delayMs of [-1, Number.NaN, Infinity, 2 ** 31]) {
    expect(() => checkedDelayMs(delayMs)).toThrow(RangeError)
  }
})

test('the pauses of a back-off are bounded, and start again after what was stable', () => {
  const backoff = new Backoff(400)
  const longest = (rounds: number) =>
    Math.max(...Array.from({ length: rounds }, () => backoff.nextMs(0)))
  expect(longest(1)).toBeLessThanOrEqual(50)
  expect(longest(1000)).toBeLessThanOrEqual(400)
  expect(backoff.nextMs(60_000)).toBeLessThanOrEqual(50)
})

test('a list gives back what it was given, in order, however many', () => {
  const fifo = new Fifo<number>()
  const out: (number | undefined)[] = []
  for (let i = 0; i < 10_000; i++) {
    fifo.push(i)
    if (i % 3 === 0) out.push(fifo.shift())
  }
  fifo.dropWhile((item) => item < 5000)
  expect(fifo.shift()).toBe(5000)
  expect(fifo.size).toBe(4999)
  expect(out).toEqual(Array.from({ length: 3334 }, (_, i) => i))
})

test('what outlives its subscription keeps its place, and what waits of it is forgotten', () => {
  const [old, young] = [{} as Subscription, {} as Subscription]
  const work = new InFlight<{ readonly subscription: Subscription }>(2)
  const stale = { subscription: old }
  work.hold(stale)
  expect(work.next()).toBe(stale)
  work.hold({ subscription: old })
  work.forget(old)
  const [first, second] = [{ subscription: young }, { subscription: young }]
  work.hold(first)
  work.hold(second)
  expect([work.next(), work.next()]).toEqual([first, undefined])
  work.finished(stale)
  expect(work.next()).toBe(second)
})

test('what is aborted waits no longer', async () => {
  const never = new Promise<never>(() => undefined)
  const abort = new AbortController()
  const waits = Promise.all([pause(60_000, abort.signal), orAborted(never, abort.signal)])
  abort.abort()
  await expect(waits).resolves.toEqual([undefined, undefined])
  await pause(60_000, abort.signal)
})

test('a release is free since RabbitMQ 4.3', () => {
  const versions = [
    '3.10.8',
    '3.13.7',
    '4.0.0',
    '4.2.9',
    '4.3.0',
    '4.3.0-rc.1',
    '4.10.0',
    '5.0.0',
    '',
  ]
  const free = versions.filter((version) => featuresOf(version).releaseIsFree)
  expect(free).toEqual(['4.3.0', '4.3.0-rc.1', '4.10.0', '5.0.0'])
})
