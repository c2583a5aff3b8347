// What only an operating system can do to a broker: processes that are killed or paused in the
// middle of their work, and ones that open the same file at the same moment.

import { expect, test } from 'vitest'
import { ack, gate, manyIds, orders, publishAll, recorder, untilCount } from '../contract/parts.ts'
import { realTime } from '../../world/index.ts'
import { sqliteBroker } from './sqlite-broker.ts'
import { testDirectory } from './testing/directory.ts'
import { pause } from './testing/pausing.ts'
import { startProcess } from './testing/processes.ts'
import { leaseMs } from './testing/world.ts'

const time = realTime()
const { until } = time
const cannotPause = process.platform === 'win32' ? ' (skipped: Windows cannot pause a process)' : ''

test('what a consumer that was killed had in flight is delivered to another process', async () => {
  await using own = await testDirectory()
  await using doomed = startProcess(own.directory, leaseMs)
  await until(() => doomed.of('ready').length === 1, 'the process to be ready')
  doomed.tell({ kind: 'consume', prefetch: 3 })
  await using broker = sqliteBroker({ ...own, leaseMs })
  await publishAll(broker, manyIds('order', 5))
  await until(() => doomed.of('delivered').length === 3, 'three deliveries')
  await doomed.kill()

  const seen = recorder(() => ack)
  await broker.consume(orders.queue, seen.handle)
  await until(() => seen.deliveries.length === 5, 'all five')
  await untilCount(time, broker, { ...orders, count: 0 })
  const attempts = seen.deliveries.map(({ message, attempt }) => `${message.id}: ${attempt}`)
  expect(attempts.toSorted()).toEqual([
    'order-1: 2',
    'order-2: 2',
    'order-3: 2',
    'order-4: 1',
    'order-5: 1',
  ])
})

test('no message that a killed publisher had confirmed is lost', async () => {
  await using own = await testDirectory()
  await using broker = sqliteBroker({ ...own, leaseMs })
  const seen = recorder(() => ack)
  const confirmed: string[] = []
  for (const name of ['first', 'second', 'third']) {
    await using publisher = startProcess(own.directory, leaseMs)
    await until(() => publisher.of('ready').length === 1, 'the process to be ready')
    if (name === 'first') await broker.consume(orders.queue, seen.handle, { prefetch: 100 })
    publisher.tell({ kind: 'publish', name })
    await until(() => publisher.of('confirmed').length >= 100, '100 confirmed messages')
    await publisher.kill()
    confirmed.push(...publisher.of('confirmed').map(({ id }) => id))
  }
  expect(confirmed.length).toBeGreaterThanOrEqual(300)
  await until(() => confirmed.every((id) => seen.ids.includes(id)), 'every confirmed message')
  await untilCount(time, broker, { ...orders, count: 0 })
  expect(new Set(seen.ids).size).toBe(seen.ids.length)
})

test.skipIf(cannotPause)(
  `a process that was paused for longer than its lease settles nothing${cannotPause}`,
  async () => {
    await using own = await testDirectory()
    await using paused = startProcess(own.directory, leaseMs)
    await until(() => paused.of('ready').length === 1, 'the process to be ready')
    paused.tell({ kind: 'consume', prefetch: 1 })
    await using broker = sqliteBroker({ ...own, leaseMs })
    await publishAll(broker, ['one'])
    await until(() => paused.of('delivered').length === 1, 'the first delivery')
    await pause(paused, own.directory)

    const hold = gate(time)
    const seen = recorder(async () => {
      await hold.passed()
      return ack
    })
    const consumer = await broker.consume(orders.queue, seen.handle)
    await until(() => seen.deliveries.length === 1, 'the lease to be taken over')
    paused.tell({ kind: 'finish' })
    paused.signal('SIGCONT')
    await until(() => paused.of('finished').length === 1, 'the paused process to finish')
    expect(paused.of('finished')[0]?.stats).toMatchObject({ delivered: 1, acked: 0, lost: 1 })

    hold.open()
    await until(() => consumer.inFlight === 0, 'the second delivery to be settled')
    expect(consumer.stats).toMatchObject({ delivered: 1, acked: 1, lost: 0 })
    expect(seen.deliveries[0]?.attempt).toBe(2)
  },
)

test.skipIf(cannotPause)(
  `a process whose lease was taken over while it was paused learns of it${cannotPause}`,
  async () => {
    await using own = await testDirectory()
    await using paused = startProcess(own.directory, leaseMs)
    await until(() => paused.of('ready').length === 1, 'the process to be ready')
    paused.tell({ kind: 'consume', prefetch: 1 })
    await using broker = sqliteBroker({ ...own, leaseMs })
    await publishAll(broker, ['one'])
    await until(() => paused.of('delivered').length === 1, 'the first delivery')
    await pause(paused, own.directory)
    const seen = recorder(() => ack)
    await broker.consume(orders.queue, seen.handle)
    await until(() => seen.deliveries.length === 1, 'the lease to be taken over')
    paused.signal('SIGCONT')
    await until(() => paused.of('aborted').length === 1, 'the signal of the first delivery')
  },
)

test.skipIf(cannotPause)(
  `a process that was paused settles what nobody took in the meantime${cannotPause}`,
  async () => {
    await using own = await testDirectory()
    await using paused = startProcess(own.directory, leaseMs)
    await until(() => paused.of('ready').length === 1, 'the process to be ready')
    paused.tell({ kind: 'consume', prefetch: 5 })
    await using broker = sqliteBroker({ ...own, leaseMs })
    await publishAll(broker, ['one'])
    await until(() => paused.of('delivered').length === 1, 'the delivery')
    await pause(paused, own.directory)
    // What waits includes what is leased by a process that is silent for too long.
    await untilCount(time, broker, { ...orders, count: 1 })
    paused.signal('SIGCONT')
    // It has room for more, and must not take from itself what it still holds.
    await untilCount(time, broker, { ...orders, count: 0 })
    paused.tell({ kind: 'finish' })
    await until(() => paused.of('finished').length === 1, 'the process to finish')
    expect(paused.of('finished')[0]?.stats).toMatchObject({ delivered: 1, acked: 1, lost: 0 })
  },
)

test('processes can open and declare a broker at the same moment', async () => {
  await using own = await testDirectory()
  await using stack = new AsyncDisposableStack()
  const processes = [1, 2, 3, 4].map(() => stack.use(startProcess(own.directory, leaseMs)))
  await until(() => processes.every((one) => one.of('ready').length === 1), 'all to be ready')
})

test('a broker without consumers keeps no process alive', async () => {
  await using own = await testDirectory()
  await using visitor = startProcess(own.directory, leaseMs)
  await until(() => visitor.of('ready').length === 1, 'the process to be ready')
  visitor.tell({ kind: 'visit' })
  await until(() => visitor.exitCode === 0, 'the process to end by itself')
})
