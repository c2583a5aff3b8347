// What the RabbitMQ adapter costs beside amqplib itself: publishing with a window of unconfirmed
// messages, and consuming with a prefetch, on a quorum queue, 1 KB each.

import { type Broker, rabbitmqBroker } from '@workshop/shared/broker'
import type { WireMessage } from '@workshop/shared/message'
import { best, type Figure, inTurns, perSecond, rounded } from './rounds.ts'
import { commands } from './story.ts'
import type { Rabbit, Workbench } from './workbench.ts'

const rounds = 10
const count = 4000
const window = 256
const prefetch = 100
const namespace = 'adapter.'
const name = 'parcels'
const queue = `${namespace}${name}`

export async function adapter(workbench: Workbench): Promise<readonly Figure[]> {
  const rabbit = await workbench.rabbit
  await using broker = await rabbitmqBroker({ url: rabbit.url, namespace, window })
  await broker.declare({ queues: [{ name }], bindings: [] })
  const messages = commands('parcel', count)
  const publishing = await inTurns(
    {
      adapter: () => published(messages, (message) => broker.publish({ queue: name }, message)),
      raw: () => published(messages, (message) => rawPublish(rabbit, message)),
    },
    rounds,
  )
  const refilled = async (consume: () => Promise<number>): Promise<number> => {
    await rabbit.purge(queue)
    await rabbit.fill(queue, messages)
    return consume()
  }
  const consuming = await inTurns(
    {
      adapter: () => refilled(() => consumed(broker)),
      raw: () => refilled(() => rawConsumed(rabbit)),
    },
    rounds,
  )
  await rabbit.purge(queue)
  return [
    { name: 'adapter publish', ...compared(publishing) },
    { name: 'adapter consume', ...compared(consuming) },
  ]
}

function compared({ adapter, raw }: Readonly<Record<'adapter' | 'raw', readonly number[]>>) {
  return {
    ratio: rounded(best(adapter) / best(raw)),
    perSecond: Math.round(best(adapter)),
    rawPerSecond: Math.round(best(raw)),
  }
}

const published = (
  messages: readonly WireMessage[],
  publish: (message: WireMessage) => Promise<void>,
): Promise<number> => perSecond(messages, { width: window, work: publish })

/** With all that the adapter says of a message, and told where there is no queue for it. */
function rawPublish({ channel }: Rabbit, { id, type, headers, body }: WireMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const properties = { messageId: id, type, headers, persistent: true, mandatory: true }
    channel.sendToQueue(queue, Buffer.from(body), properties, (error: unknown) => {
      if (error instanceof Error) reject(error)
      else resolve()
    })
  })
}

async function consumed(broker: Broker): Promise<number> {
  const counter = new Counter()
  await using _consumer = await broker.consume(
    name,
    async () => {
      counter.one()
      return { kind: 'ack' }
    },
    { prefetch },
  )
  return await counter.perSecond
}

async function rawConsumed({ model }: Rabbit): Promise<number> {
  const counter = new Counter()
  const channel = await model.createChannel()
  await channel.prefetch(prefetch)
  await channel.consume(queue, (message) => {
    if (!message) return
    channel.ack(message)
    counter.one()
  })
  const rate = await counter.perSecond
  await channel.close()
  return rate
}

/** From the first message to the last. */
class Counter {
  readonly #done = Promise.withResolvers<number>()
  #count = 0
  #startedMs = 0

  get perSecond(): Promise<number> {
    return this.#done.promise
  }

  one(): void {
    this.#count += 1
    if (this.#count === 1) this.#startedMs = performance.now()
    if (this.#count < count) return
    this.#done.resolve((count * 1000) / (performance.now() - this.#startedMs))
  }
}
