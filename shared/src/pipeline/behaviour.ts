// A behaviour surrounds every message that comes in, or goes out, or both. It is the one way to add
// something to an endpoint: retries, logs, limits, an outbox, chaos.

import type { IncomingContext, OutgoingContext } from './context.ts'

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

/** One thing that an endpoint does around its handlers, in one direction or in both. */
export type Behaviour = {
  readonly incoming?: IncomingBehaviour
  readonly outgoing?: OutgoingBehaviour
}
