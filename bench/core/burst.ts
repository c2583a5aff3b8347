// Memory while ten times as many messages come as the endpoint can handle: what is not handled yet
// belongs into the broker. Bytes that wait against bytes by which this process has grown.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout as pause } from 'node:timers/promises'
import { rabbitmqBroker } from '@workshop/shared/broker'
import { partitionIn } from '@workshop/shared/inbox'
import { outbox } from '@workshop/shared/outbox'
import { handler, standard, startEndpoint } from '@workshop/shared/pipeline'
import { sqliteStore } from '@workshop/shared/store'
import { type Figure, perSecond, rounded } from './rounds.ts'
import { commands, PlaceItem } from './story.ts'
import type { Workbench } from './workbench.ts'

const prefetch = 10
/** So that it can handle 400 a second: a tenth of what any broker takes. */
const handlerMs = 25
const capacity = (prefetch * 1000) / handlerMs
const offered = 20_000
/** At once: a producer waits for the broker, too. */
const width = 100
/** Less growth than this is noise. */
const leastBytes = 1_000_000

export async function burst(workbench: Workbench): Promise<readonly Figure[]> {
  const rabbit = await workbench.rabbit
  await using broker = await rabbitmqBroker({ url: rabbit.url, namespace: 'burst.' })
  await using store = sqliteStore({ file: workbench.folder('burst.sqlite') })
  const slow = handler(PlaceItem, async ({ body, id }, { store }) => {
    await pause(handlerMs)
    const { version } = await store.load(body.orderId, '')
    await store.save(body.orderId, id, version)
  })
  await using endpoint = await startEndpoint({
    name: 'slow',
    handlers: [slow],
    broker,
    store,
    prefetch,
    behaviours: [...standard(), outbox({ partition: partitionIn('orderId') })],
  })
  const memory = collector()
  const publish = (series: string, count: number): Promise<number> =>
    perSecond(commands(series, count), {
      width,
      work: (message) => broker.publish({ queue: 'slow' }, message),
    })
  // What is made once, and stays, is no growth.
  await publish('warm-up', 10 * capacity)
  const before = memory()
  let peak = before
  const startedMs = performance.now()
  for (let published = 0; published < offered; published += capacity) {
    await publish(`burst-${published}`, capacity)
    peak = Math.max(peak, memory())
  }
  const times = (offered * 1000) / (performance.now() - startedMs) / capacity
  const waiting = (await broker.count('slow')) * (commands('one', 1)[0]?.body.length ?? 0)
  await endpoint.stop({ drainMs: 1000 })
  return [
    {
      name: 'memory under a burst',
      ratio: rounded(waiting / Math.max(leastBytes, peak - before), 1),
      grownMegabytes: rounded((peak - before) / 1e6, 1),
      waitingMegabytes: rounded(waiting / 1e6, 1),
      timesCapacity: rounded(times, 1),
    },
  ]
}

/** Gives what this process holds, in bytes, without what nobody needs. */
function collector(): () => number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  return () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
}
