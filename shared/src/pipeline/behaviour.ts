// A behaviour surrounds every message that comes in, or goes out, or both, or watches what becomes
// of deliveries. It is the one way to add something to an endpoint: retries, logs, limits, metrics,
// an outbox, chaos.

import type { IncomingContext, OutgoingContext } from './context.ts'
import type { Watch } from './watch.ts'

/** What a behaviour may replace for those inside of it. */
export type IncomingChanges = Partial<
  Pick<IncomingContext, 'store' | 'dispatch' | 'signal' | 'log' | 'bag'>
>
export type OutgoingChanges = Partial<Pick<OutgoingContext, 'message' | 'to' | 'delayMs'>>

/** Runs everything inside. May be called again once it has settled (a retry, a duplicate), each
 *  time with a fresh context; not called at all, the message goes no further. */
export type Next<Changes> = (changes?: Changes) => Promise<void>

export type IncomingBehaviour = (
  context: IncomingContext,
  next: Next<IncomingChanges>,
) => Promise<void>

export type OutgoingBehaviour = (
  context: OutgoingContext,
  next: Next<OutgoingChanges>,
) => Promise<void>

/** One thing that an endpoint does around its handlers: in one direction, in both, or as one who
 *  only watches. */
export type Behaviour = {
  readonly incoming?: IncomingBehaviour
  readonly outgoing?: OutgoingBehaviour
  readonly watch?: Watch
  /** Resolves once what it does beside the messages is done. An endpoint that stops waits for it,
   *  when no message is in flight any more. */
  readonly finished?: () => Promise<void>
}
