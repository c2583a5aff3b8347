// Looking at what waits. RabbitMQ has no peek: messages are taken and given back, in their order,
// to the head of the queue. For that moment nobody else can have them, and before 4.3 it counts as
// an attempt.

import { setTimeout as timer } from 'node:timers/promises'
import type { Channel, ChannelModel } from 'amqplib'
import type { WireMessage } from '../../message/index.ts'
import { Unroutable } from '../broker.ts'
import { fromAmqp } from './amqp-message.ts'
import { notFound, onOwnChannel, replyCode } from './channels.ts'

const maxLooks = 20
const betweenLooksMs = 5

export type Browsed = {
  readonly queue: string
  /** The queue's name in RabbitMQ. */
  readonly fullName: string
}

export function peek(
  model: ChannelModel,
  { queue, fullName }: Browsed,
  limit: number,
): Promise<readonly WireMessage[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    return Promise.reject(new RangeError(`expected a limit of 1 to 1000, got ${limit}`))
  }
  return found(queue, () =>
    onOwnChannel(model, async (channel) => {
      const messages: WireMessage[] = []
      while (messages.length < limit) {
        const got = await channel.get(fullName)
        if (!got) break
        messages.push(fromAmqp(got).message)
      }
      if (messages.length > 0) await giveBack(channel, fullName, messages.length)
      return messages
    }),
  )
}

/** Resolves once they wait again: who looks again at once would see nothing. Others may have taken
 *  them by then, so that it looks for a while only. */
async function giveBack(channel: Channel, fullName: string, taken: number): Promise<void> {
  const { messageCount: others } = await channel.checkQueue(fullName)
  channel.nackAll(true)
  for (let look = 1; look <= maxLooks; look += 1) {
    const { messageCount } = await channel.checkQueue(fullName)
    if (messageCount >= others + taken) return
    await timer(betweenLooksMs)
  }
}

export function count(model: ChannelModel, { queue, fullName }: Browsed): Promise<number> {
  return found(queue, async () => {
    const { messageCount } = await onOwnChannel(model, (channel) => channel.checkQueue(fullName))
    return messageCount
  })
}

/** What `work` gives, or an `Unroutable` where the queue does not exist. */
export async function found<T>(queue: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (replyCode(error) !== notFound) throw error
    const message = `expected the queue ${queue} to exist, it does not. Declare it first`
    throw new Unroutable(message, { cause: error })
  }
}
