// What a call to a service is, in every world: its endpoint takes messages from callers instead of
// from a queue, and what becomes of one is the answer. Nothing is kept, and nothing is delivered
// again.

import { type Broker, type Consumer, decoratedBroker, type Handle } from '../broker/index.ts'
import type { WireMessage } from '../message/index.ts'
import { Unavailable } from '../world/index.ts'

/** Takes the calls of `service`, as an endpoint does the messages of its queue. */
export type Serve = (service: string, handle: Handle) => void

/** The broker for an endpoint that is a service: it publishes to `broker`, and is called. */
export function servedOver(broker: Broker, serve: Serve): Broker {
  return decoratedBroker(broker, {
    declare: () => Promise.resolve(),
    consume: (service, handle) => {
      serve(service, handle)
      return Promise.resolve(servant)
    },
  })
}

/** Hands a call to its service. Resolves with nothing where the service has done it, and with what
 *  its caller is told where it failed. */
export async function answerTo(
  message: WireMessage,
  service: string,
  handle: Handle,
): Promise<Unavailable | undefined> {
  const { signal } = new AbortController()
  const outcome = await handle({ message, queue: service, attempt: 1, signal })
  if (outcome.kind === 'ack') return undefined
  const reason = 'reason' in outcome ? outcome.reason : 'no reason given'
  return new Unavailable(`${service} failed: ${reason}`)
}

/** A service has no queue that it could leave. */
const servant: Consumer = {
  inFlight: 0,
  isReceiving: true,
  stats: { delivered: 0, acked: 0, retried: 0, released: 0, deadLettered: 0, lost: 0 },
  stop: () => Promise.resolve(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
}
