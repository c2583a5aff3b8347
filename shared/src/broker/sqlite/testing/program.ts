// What a process of the tests runs: a broker on the directory given, told over IPC what to do. It
// is meant to be killed, so it closes nothing by itself and ends when nothing keeps it alive.

import { ack, aMessage, orders } from '../../contract/parts.ts'
import { sqliteBroker } from '../sqlite-broker.ts'
import type { Order, Report } from './processes.ts'

const [directory = '', leaseMs = ''] = process.argv.slice(2)
const broker = sqliteBroker({ directory, leaseMs: Number(leaseMs) })
let finish = (): void => {}
const finished = new Promise<void>((resolve) => {
  finish = resolve
})

const report = (what: Report): void => void process.send?.(what)

async function consume(prefetch: number): Promise<void> {
  const consumer = await broker.consume(
    orders.queue,
    async ({ message, attempt, signal }) => {
      signal.addEventListener('abort', () => report({ kind: 'aborted', id: message.id }))
      report({ kind: 'delivered', id: message.id, attempt })
      await finished
      return ack
    },
    { prefetch },
  )
  report({ kind: 'consuming' })
  await finished
  while (consumer.inFlight > 0) await new Promise((resolve) => setImmediate(resolve))
  report({ kind: 'finished', stats: consumer.stats })
}

/** Publishes without end, so that a kill always falls into the middle. */
async function publish(name: string): Promise<void> {
  for (let first = 0; ; first += 20) {
    const ids = Array.from({ length: 20 }, (_, i) => `${name}-${first + i}`)
    await Promise.all(
      ids.map(async (id) => {
        await broker.publish(orders, aMessage(id))
        report({ kind: 'confirmed', id })
      }),
    )
  }
}

/** Publishes and consumes once, and then has nothing more to do. */
async function visit(): Promise<void> {
  await broker.publish(orders, aMessage('visit'))
  const consumer = await broker.consume(orders.queue, async () => ack)
  while (consumer.stats.acked === 0) await new Promise((resolve) => setImmediate(resolve))
  await consumer.stop()
  process.channel?.unref()
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'consume') await consume(order.prefetch)
  if (order.kind === 'publish') await publish(order.name)
  if (order.kind === 'visit') await visit()
  if (order.kind === 'finish') finish()
}

process.on('message', (order: Order) => {
  // A rejection is not handled: it ends the process, and the test sees that it ended.
  void obey(order)
})
// Without its test it is of no use to anybody, and nobody would end it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
await broker.declare({ queues: [{ name: orders.queue }], bindings: [] })
report({ kind: 'ready' })
