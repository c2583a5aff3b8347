// The auditor of a soak: hears every event that is published, and writes it down before it
// acknowledges it. It has no part in the shop, and nobody kills it.

import { closeSync, openSync, writeSync } from 'node:fs'
import type { Broker, Handle } from '@workshop/shared/broker'
import { textOf } from '@workshop/shared/message'
import { auditQueue, type Heard } from './heard.ts'
import { aboutOf } from './noting.ts'
import { withBroker } from './open-broker.ts'
import type { AuditorTask, Order, Report } from './protocol.ts'
import { sceneOf } from './scene.ts'

const task: AuditorTask = JSON.parse(process.argv[2] ?? '{}')
process.once('disconnect', () => process.exit(1))

const tellEveryMs = 100
const { hears } = await sceneOf(task.exercise)
const first = hears[0]?.type
const file = openSync(task.heard, 'a')
const commands = new Set<string>()

const hear: Handle = async ({ message }) => {
  const { id, type, headers } = message
  const heard: Heard = { id, type, headers, body: textOf(message) }
  writeSync(file, `${JSON.stringify(heard)}\n`)
  if (type === first) commands.add(aboutOf(message))
  return { kind: 'ack' }
}

const come = (): Promise<Broker> =>
  withBroker(task.broker, async (broker) => {
    await broker.declare({
      queues: [{ name: auditQueue, deliveryLimit: 1000 }],
      bindings: hears.map(({ type }) => ({ event: type, queue: auditQueue })),
    })
    await broker.consume(auditQueue, hear, { prefetch: 100 })
    return broker
  })

const tell = (report: Report): void => {
  process.send?.(report)
}

let broker = await come()
const telling = setInterval(() => tell({ kind: 'heard', commands: commands.size }), tellEveryMs)

async function obey({ kind }: Order): Promise<void> {
  if (kind === 'return') {
    broker = await come()
    tell({ kind: 'ready' })
  }
  if (kind !== 'leave' && kind !== 'stop') return
  await broker.close()
  tell({ kind: 'left' })
  if (kind === 'leave') return
  clearInterval(telling)
  closeSync(file)
  process.exit(0)
}

// What rejects ends the process, which is noticed.
process.on('message', (order: Order) => void obey(order))
tell({ kind: 'ready' })
