// The process of one endpoint in a soak: loads the code under test, runs it on a real store and a
// real broker until it is told to stop, and notes down what it does. It ends with its parent.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { duplicate, lateCopy } from '@workshop/shared/chaos'
import { standard, startEndpoint } from '@workshop/shared/pipeline'
import { sqliteStore } from '@workshop/shared/store'
import { copies } from './copies.ts'
import { Noting } from './noting.ts'
import { Notebook } from './notes.ts'
import { withBroker } from './open-broker.ts'
import type { EndpointTask, Order, Report } from './protocol.ts'
import { sceneOf } from './scene.ts'

const task: EndpointTask = JSON.parse(process.argv[2] ?? '{}')
process.once('disconnect', () => process.exit(1))

/** No trouble lasts so long that a message would have to be given up: a dead letter is a loss. */
const patient = {
  delayed: { attempts: 500, baseMs: 100, maxMs: 1000 },
  limit: { ms: 20_000 },
}
const deliveryLimit = 1000
/** Each of them waits for the broker and for the disk most of the time. */
const prefetch = 30
/** SQLite's own bound. */
const mostPages = 4_294_967_294

const load = (file: string): Promise<Readonly<Record<string, unknown>>> =>
  import(pathToFileURL(join(task.code, file)).href)
const scene = await sceneOf(task.exercise)
const make = scene.endpoints[task.endpoint]
if (!make) throw new Error(`expected ${task.endpoint} in ${task.exercise}, got none`)
const { handlers, behaviours } = await make(load)

let isDoomed = false
const noting = new Noting({
  notebook: new Notebook(task.notes),
  isDoomed: () => isDoomed,
  die: () => {
    process.kill(process.pid, 'SIGKILL')
    return new Promise<never>(() => {})
  },
})
const store = sqliteStore({ directory: task.directory })
const { doubled, late, lateMs } = copies(task.seed, Object.keys(scene.routes))

const { broker, endpoint } = await withBroker(task.broker, async (broker) => {
  const endpoint = await startEndpoint({
    name: task.endpoint,
    handlers,
    broker: noting.broker(broker),
    store,
    routes: scene.routes,
    deliveryLimit,
    prefetch,
    behaviours: [
      noting.behaviour,
      ...standard(patient),
      duplicate(doubled),
      lateCopy(late, { delayMs: lateMs }),
      ...behaviours,
    ],
  })
  return { broker, endpoint }
})

async function stop(): Promise<never> {
  await endpoint.stop()
  await broker.close()
  await store.close()
  process.exit(0)
}

process.on('message', (order: Order) => {
  if (order.kind === 'die') isDoomed = true
  // As few pages as the file has already: whatever makes it grow is refused.
  if (order.kind === 'disk') store.setting(`max_page_count = ${order.isFull ? 1 : mostPages}`)
  // What rejects ends the process, which is noticed.
  if (order.kind === 'stop') void stop()
})
process.send?.({ kind: 'ready' } satisfies Report)
