// Leases, at times that the test chooses: who may take what, when a lease is over, and what a clock
// that was set back does to it.

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { header } from '../../message/index.ts'
import { openDatabase } from '../../sqlite/index.ts'
import { deadLetterQueue } from '../broker.ts'
import { ack, aMessage, deadLetter, release, retry } from '../contract/parts.ts'
import { type Lease, Leases } from './leases.ts'
import { Messages } from './messages.ts'
import { Queues } from './queues.ts'
import { schema } from './schema.ts'
import { testDirectory } from './testing/directory.ts'

const queue = 'orders'
const leaseMs = 1000

async function openLeases(deliveryLimit = 3) {
  const own = await testDirectory()
  const file = join(own.directory, `${randomUUID()}.sqlite`)
  const database = openDatabase({ file, schema })
  const queues = new Queues(database)
  const messages = new Messages(database)
  const leases = new Leases(database, queues)
  queues.declare({ queues: [{ name: queue, deliveryLimit }], bindings: [] })
  return {
    messages,
    leases,
    take: (nowMs: number, takesExpired = true): readonly Lease[] =>
      leases.claim({ queue, limit: 10, nowMs, leaseMs, makesReady: true, takesExpired }).leases,
    [Symbol.asyncDispose]: async () => {
      database.close()
      await own[Symbol.asyncDispose]()
    },
  }
}

test('a lease is over when its time is, and no sooner', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  expect(file.take(10_000)).toMatchObject([{ attempt: 1 }])
  expect(file.take(10_999)).toEqual([])
  expect(file.take(11_000, false)).toEqual([])
  expect(file.take(11_000)).toMatchObject([{ attempt: 2, message: { id: 'one' } }])
})

test('a renewed lease lasts a lease longer', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const [lease] = file.take(10_000)
  expect(file.leases.renew(lease!, 11_900)).toBe(true)
  expect(file.take(11_899)).toEqual([])
  expect(file.take(11_900)).toHaveLength(1)
})

test('who lost a lease can neither renew nor settle', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const [first] = file.take(10_000)
  const [second] = file.take(11_000)
  expect(file.leases.renew(first!, 20_000)).toBe(false)
  for (const outcome of [ack, release, retry('late')]) {
    expect(file.leases.settle(first!, outcome, 11_001)).toBe('lost')
  }
  expect(file.leases.settle(second!, ack, 11_002)).toBe('acked')
  expect(file.leases.settle(second!, ack, 11_003)).toBe('lost')
  expect(file.messages.count({ queue, nowMs: Infinity })).toBe(0)
})

test('a lease given back and taken again is another lease, even for the same process', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const [first] = file.take(10_000)
  expect(file.leases.settle(first!, release, 10_001)).toBe('released')
  expect(file.take(10_002)).toMatchObject([{ attempt: 1 }])
  expect(file.leases.settle(first!, ack, 10_003)).toBe('lost')
})

test('a clock that is set back keeps a lease for one lease more, and not for the difference', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const hourMs = 3_600_000
  expect(file.take(10_000 + hourMs)).toHaveLength(1)
  expect(file.take(10_000)).toEqual([])
  expect(file.take(10_999)).toEqual([])
  expect(file.take(11_000)).toMatchObject([{ attempt: 2 }])
})

test('a message whose consumers died too often is a dead letter that names the last failure', async () => {
  await using file = await openLeases(2)
  file.messages.add(queue, aMessage('one'))
  const [first] = file.take(10_000)
  file.leases.settle(first!, retry('the card was declined'), 10_001)
  expect(file.take(10_002)).toMatchObject([{ attempt: 2 }])
  expect(file.take(11_002)).toEqual([])
  const [letter] = file.messages.peek({ queue: deadLetterQueue(queue), nowMs: 11_002 }, 10)
  expect(letter?.headers[header.deadAttempts]).toBe('2')
  expect(letter?.headers[header.deadReason]).toMatch(/attempt 2.*the card was declined/)
})

test('a reason that is too long is cut, between characters', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const [lease] = file.take(10_000)
  file.leases.settle(lease!, deadLetter(`x${'😀'.repeat(10_000)}`), 10_001)
  const [letter] = file.messages.peek({ queue: deadLetterQueue(queue), nowMs: 10_002 }, 10)
  const reason = letter?.headers[header.deadReason] ?? ''
  expect(reason.length).toBeLessThanOrEqual(1000)
  expect(reason.isWellFormed()).toBe(true)
  expect(reason).toMatch(/^x😀😀/u)
})

test('what was handed out again keeps its place in the queue', async () => {
  await using file = await openLeases()
  for (const id of ['one', 'two', 'three']) file.messages.add(queue, aMessage(id))
  const [one, two] = file.take(10_000)
  file.leases.settle(two!, retry('again'), 10_001)
  file.leases.settle(one!, retry('again'), 10_002)
  expect(file.take(10_003).map(({ message }) => message.id)).toEqual(['one', 'two'])
})

test('a delay that began before the clock was set back begins again, and no more', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('late'), { nowMs: 90_000_000, delayMs: 500 })
  expect(file.messages.outlook(queue).delayedAtMs).toBe(90_000_000)
  expect(file.take(10_000)).toEqual([])
  expect(file.messages.outlook(queue)).toMatchObject({
    delayedAtMs: 10_000,
    delayedUntilMs: 10_500,
  })
  expect(file.take(10_499)).toEqual([])
  expect(file.take(10_500)).toMatchObject([{ attempt: 1, message: { id: 'late' } }])
})

test('so does the delay of a retry', async () => {
  await using file = await openLeases()
  file.messages.add(queue, aMessage('one'))
  const [lease] = file.take(90_000_000)
  file.leases.settle(lease!, { kind: 'retry', delayMs: 500, reason: 'no' }, 90_000_000)
  expect(file.take(10_000)).toEqual([])
  expect(file.take(10_500)).toMatchObject([{ attempt: 2 }])
})
