// One connection to RabbitMQ, with a bound on how long it takes to get it. Its socket can be
// destroyed at any moment, which amqplib does not offer: it would wait for the other side to hang
// up.

import { Socket } from 'node:net'
import { type ChannelModel, connect, type SocketOptions } from 'amqplib'
import { DeadlinePassed } from '../../world/index.ts'
import { joinWrites } from './one-write.ts'
import { brokerUrl } from './url.ts'

export type DialOptions = {
  readonly url: string
  /** What the broker's own pages call the connection. */
  readonly name: string
  readonly heartbeatS: number
  readonly timeoutMs: number
}

export interface Link {
  readonly model: ChannelModel
  /** Ends it without a word, as the death of the process would. */
  destroy(): void
}

export async function dial({ url, name, heartbeatS, timeoutMs }: DialOptions): Promise<Link> {
  const target = brokerUrl(url)
  target.searchParams.set('heartbeat', String(heartbeatS))
  const life = new AbortController()
  const deadline = setTimeout(() => life.abort(), timeoutMs)
  const options: SocketOptions & { readonly signal: AbortSignal } = {
    noDelay: true,
    clientProperties: { connection_name: name },
    signal: life.signal,
  }
  try {
    const model = await connect(target.href, options)
    // Without a listener, an error of the connection would end the process. It closes as well,
    // which is what is acted upon.
    model.on('error', () => undefined)
    const { stream } = model.connection as { readonly stream?: unknown }
    // The field is not documented: without it everything works, and takes longer.
    if (stream instanceof Socket) joinWrites(stream)
    return { model, destroy: () => life.abort() }
  } catch (error) {
    if (!life.signal.aborted) throw error
    throw new DeadlinePassed(`expected a connection within ${timeoutMs} ms`, { cause: error })
  } finally {
    clearTimeout(deadline)
  }
}
