// What the embedded broker promises beyond the contract: durability as it is set, silence while
// there is nothing to do, and answers that stay definite when the file gives trouble.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { header } from '../../message/index.ts'
import { openDatabase } from '../../sqlite/index.ts'
import { firstOf, heldDisk } from '../../sqlite/testing/held-disk.ts'
import { Unavailable } from '../../world/index.ts'
import { deadLetterQueue, Unroutable } from '../broker.ts'
import {
  ack,
  aMessage,
  deadLetter,
  gate,
  manyIds,
  orders,
  publishAll,
  recorder,
  retry,
  untilCount,
  untilHanded,
} from '../contract/parts.ts'
import { realTime } from '../../world/index.ts'
import { schema } from './schema.ts'
import { SqliteBroker, sqliteBroker } from './sqlite-broker.ts'
import { testDirectory } from './testing/directory.ts'
import { leaseMs } from './testing/world.ts'

const time = realTime()
const topology = { queues: [{ name: orders.queue }], bindings: [] }
const fileIn = (directory: string): string => join(directory, 'broker.sqlite')

test('what is published is confirmed once it is on the disk', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await broker.declare(topology)
  using disk = await heldDisk()
  const publishing = broker.publish(orders, aMessage('one'))
  expect(await firstOf(disk, publishing)).toBe('asked')
  disk.letGo()
  await publishing
})

test('a message is waiting, or in flight, until it is settled', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await broker.declare(topology)
  const consumer = await broker.consume(orders.queue, async () => ({ kind: 'ack' }))
  for (const id of ['one', 'two', 'three']) {
    const acked = consumer.stats.acked
    await broker.publish(orders, aMessage(id))
    for (;;) {
      const isNowhere = (await broker.count(orders.queue)) === 0 && consumer.inFlight === 0
      if (isNowhere) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(consumer.stats.acked).toBe(acked + 1)
  }
})

test('a delayed message has its turn, although others never stop coming', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await broker.declare(topology)
  const many = ['a', 'b', 'c', 'd', 'e']
  let turns = 0
  let isThere = false
  const consumer = await broker.consume(
    orders.queue,
    async ({ message }) => {
      turns += 1
      if (message.id === 'delayed') isThere = true
      // So that at least three wait at any time.
      else if (!isThere)
        await broker.publish(orders, aMessage(`${message.id.slice(0, 1)}-${turns}`))
      return { kind: 'ack' }
    },
    { prefetch: 2 },
  )
  await Promise.all(many.map((id) => broker.publish(orders, aMessage(id))))
  await time.until(() => turns > 20, 'messages that flow')
  await broker.publish(orders, aMessage('delayed'), { delayMs: 20 })
  await time.until(() => isThere, 'the delayed message')
  await consumer.stop()
})

test('an idle broker with five consumers asks the file nothing but whether it changed', async () => {
  await using own = await testDirectory()
  await using first = sqliteBroker(own)
  await first.declare(topology)
  const statements: string[] = []
  const note = (sql: unknown): void => void statements.push(String(sql))
  const database = new Sqlite(fileIn(own.directory), { verbose: note, timeout: 0 })
  await using broker = new SqliteBroker({ database, pollMs: 10 })
  const seen = recorder(() => ack)
  for (const _ of [1, 2, 3, 4, 5]) await broker.consume(orders.queue, seen.handle)
  await broker.publish(orders, aMessage('one'))
  await first.publish(orders, aMessage('two'))
  await untilHanded(time, seen, 2)
  const polls = (): number => statements.filter((sql) => sql === 'pragma data_version').length
  const isQuiet = (): boolean =>
    polls() > 20 && statements.slice(-10).every((sql) => sql === 'pragma data_version')
  await time.until(isQuiet, 'the work to be over')

  statements.length = 0
  await time.until(() => statements.length > 20, '20 more questions')
  expect(new Set(statements)).toEqual(new Set(['pragma data_version']))
})

test('a full disk refuses a message, and takes the next one when there is room again', async () => {
  await using own = await testDirectory()
  const database = openDatabase({ file: fileIn(own.directory), schema })
  await using broker = new SqliteBroker({ database })
  await broker.declare(topology)
  const pages = database.pragma('page_count', { simple: true })
  database.pragma(`max_page_count = ${String(pages)}`)
  const large = aMessage('large', { body: new Uint8Array(100_000) })
  await expect(broker.publish(orders, large)).rejects.toThrow(Unavailable)

  database.pragma('max_page_count = 100000')
  await broker.publish(orders, aMessage('next'))
  expect((await broker.peek(orders.queue, 10)).map(({ id }) => id)).toEqual(['next'])
})

test('a file that is locked for a while delays publishers and consumers, and loses nothing', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker({ ...own, leaseMs })
  await broker.declare(topology)
  const seen = recorder(({ attempt }) => (attempt === 1 ? retry('once more') : ack))
  const consumer = await broker.consume(orders.queue, seen.handle)
  const other = new Sqlite(fileIn(own.directory))
  other.exec('begin immediate')
  let isPublished = false
  const published = broker.publish(orders, aMessage('one')).then(() => {
    isPublished = true
  })
  await time.sleep(100)
  expect(isPublished).toBe(false)
  other.exec('commit')
  await published
  await untilHanded(time, seen, 1)
  other.exec('begin immediate')
  await time.sleep(100)
  other.exec('commit')
  other.close()
  await time.until(() => consumer.stats.acked === 1, 'the message to be acknowledged')
})

test('a signal is aborted when the lease was taken over', async () => {
  await using own = await testDirectory()
  // It renews too late: somebody else takes what it holds before that.
  await using late = sqliteBroker({ ...own, leaseMs, renewMs: 4 * leaseMs })
  await late.declare(topology)
  const hold = gate(time)
  const slow = recorder(async () => {
    await hold.passed()
    return ack
  })
  const consumer = await late.consume(orders.queue, slow.handle, { prefetch: 1 })
  await late.publish(orders, aMessage('one'))
  await untilHanded(time, slow, 1)
  await using other = sqliteBroker({ ...own, leaseMs })
  const seen = recorder(() => ack)
  await other.consume(orders.queue, seen.handle)
  await untilHanded(time, seen, 1)
  await time.until(() => slow.deliveries[0]?.signal.aborted === true, 'the signal')
  hold.open()
  await time.until(() => consumer.inFlight === 0, 'the handler to finish')
  expect(consumer.stats).toMatchObject({ delivered: 1, acked: 0, lost: 1 })
})

test('a dead letter that is refused stays a dead letter, as it was', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await broker.declare({ ...topology, queues: [{ name: orders.queue, deliveryLimit: 1 }] })
  await broker.consume(orders.queue, async () => deadLetter('unknown item'))
  await broker.publish(orders, aMessage('one'))
  const dead = deadLetterQueue(orders.queue)
  await untilCount(time, broker, { queue: dead, count: 1 })
  const before = await broker.peek(dead, 10)

  const refused = recorder(({ attempt }) => (attempt < 5 ? retry('no') : deadLetter('never')))
  const consumer = await broker.consume(dead, refused.handle)
  await untilHanded(time, refused, 5)
  await time.until(() => consumer.inFlight === 0, 'nothing to be in flight')
  await consumer.stop()
  await untilCount(time, broker, { queue: dead, count: 1 })
  expect(await broker.peek(dead, 10)).toEqual(before)
  expect(before[0]?.headers[header.deadReason]).toBe('unknown item')
})

test('a queue that was never declared can be neither consumed, nor looked at, nor bound', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await expect(broker.consume('nowhere', async () => ack)).rejects.toThrow(Unroutable)
  await expect(broker.peek('nowhere', 1)).rejects.toThrow(Unroutable)
  await expect(broker.count('nowhere')).rejects.toThrow(Unroutable)
  const binding = { event: 'OrderPlaced', queue: 'nowhere' }
  const declared = broker.declare({ ...topology, bindings: [binding] })
  await expect(declared).rejects.toThrow(Unroutable)
  await expect(broker.count(orders.queue)).rejects.toThrow(Unroutable)
})

test('numbers and names outside their bounds are refused', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker(own)
  await broker.declare(topology)
  for (const name of ['', 'or ders', 'orders.dead', 'x'.repeat(101)]) {
    await expect(broker.declare({ queues: [{ name }], bindings: [] })).rejects.toThrow(TypeError)
  }
  for (const value of [0, 1001, 1.5, NaN]) {
    const queues = [{ name: 'billing', deliveryLimit: value }]
    await expect(broker.declare({ queues, bindings: [] })).rejects.toThrow(RangeError)
    const consumed = broker.consume(orders.queue, async () => ack, { prefetch: value })
    await expect(consumed).rejects.toThrow(RangeError)
    await expect(broker.peek(orders.queue, value)).rejects.toThrow(RangeError)
  }
  for (const delayMs of [-1, NaN, Infinity]) {
    await expect(broker.publish(orders, aMessage('one'), { delayMs })).rejects.toThrow(RangeError)
  }
  expect(() => sqliteBroker({ ...own, leaseMs: 50 })).toThrow(RangeError)
})

test('a handler in flight can publish while the broker closes', async () => {
  await using own = await testDirectory()
  const broker = sqliteBroker(own)
  await broker.declare({ ...topology, queues: [...topology.queues, { name: 'billing' }] })
  await publishAll(broker, ['one'])
  const hold = gate(time)
  const seen = recorder(async ({ message }) => {
    await hold.passed()
    await broker.publish({ queue: 'billing' }, message)
    return ack
  })
  await broker.consume(orders.queue, seen.handle)
  await untilHanded(time, seen, 1)
  const closed = broker.close()
  hold.open()
  await closed
  await using later = sqliteBroker(own)
  expect(await later.count('billing')).toBe(1)
  expect(await later.count(orders.queue)).toBe(0)
})

test('what was published before close is stored, however much it is', async () => {
  await using own = await testDirectory()
  const broker = sqliteBroker(own)
  await broker.declare(topology)
  const published = Promise.all(
    manyIds('order', 1200).map((id) => broker.publish(orders, aMessage(id))),
  )
  await broker.close()
  await published
  await using later = sqliteBroker(own)
  expect(await later.count(orders.queue)).toBe(1200)
})

test('what was being taken when the broker closed waits for the next one', async () => {
  await using own = await testDirectory()
  const broker = sqliteBroker(own)
  await broker.declare(topology)
  await publishAll(broker, ['one', 'two'])
  const seen = recorder(() => ack)
  await broker.consume(orders.queue, seen.handle)
  await broker.close()
  expect(seen.deliveries).toEqual([])
  await using later = sqliteBroker(own)
  expect(await later.count(orders.queue)).toBe(2)
})

test('a process learns of its own dead letters without asking the file', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker({ ...own, pollMs: 3_600_000 })
  await broker.declare(topology)
  const letters = recorder(() => ack)
  await broker.consume(deadLetterQueue(orders.queue), letters.handle)
  await broker.consume(orders.queue, async () => deadLetter('unknown item'))
  await broker.publish(orders, aMessage('one'))
  await untilHanded(time, letters, 1)
})

test('after close every call is refused', async () => {
  await using own = await testDirectory()
  const broker = sqliteBroker(own)
  await broker.declare(topology)
  await broker.close()
  await expect(broker.declare(topology)).rejects.toThrow(Unavailable)
  await expect(broker.consume(orders.queue, async () => ack)).rejects.toThrow(Unavailable)
  await expect(broker.peek(orders.queue, 1)).rejects.toThrow(Unavailable)
  await expect(broker.count(orders.queue)).rejects.toThrow(Unavailable)
})
