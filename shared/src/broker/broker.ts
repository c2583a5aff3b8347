// What every broker promises. Each numbered obligation is a case of `broker.contract.ts`, which
// every adapter passes; `features` says as data what an adapter does beyond them, or does not.
//
// Not promised: exactly-once delivery (no broker can), order after a redelivery, and that a publish
// which was not confirmed had no effect.

import type { WireMessage } from '../message/index.ts'

/** A queue by its name, or every queue that is bound to an event. */
export type Address = { readonly queue: string } | { readonly event: string }

export type QueueSpec = {
  /** 1 to 100 characters of `A-Z a-z 0-9 _ -`. Its dead letters go to the queue `<name>.dead`. */
  readonly name: string
  /** How often a message is handed out before it becomes a dead letter: 1 to 1000, 20 by
   *  default. */
  readonly deliveryLimit?: number
}

export type Topology = {
  readonly queues: readonly QueueSpec[]
  readonly bindings: readonly { readonly event: string; readonly queue: string }[]
}

/** What became of a delivery. A `handle` that rejects means `retry` at once. */
export type Outcome =
  | { readonly kind: 'ack' }
  /** It failed: hand it out again, counted, after `delayMs`. */
  | { readonly kind: 'retry'; readonly delayMs: number; readonly reason: string }
  /** It did not fail, but not here and now: hand it out again, to whoever takes it. */
  | { readonly kind: 'release' }
  | { readonly kind: 'dead-letter'; readonly reason: string }

export type Delivery = {
  readonly message: WireMessage
  readonly queue: string
  /** 1 when it is handed out first. Counts failures and consumers that died, in this queue. */
  readonly attempt: number
  /** Aborted when the broker may hand the message to somebody else, or wants it back. */
  readonly signal: AbortSignal
}

export type Handle = (delivery: Delivery) => Promise<Outcome>

export type PublishOptions = {
  /** Delivered no earlier than this many milliseconds from now, and not much later: 0 to
   *  2 147 483 647 (24 days). Default 0. */
  readonly delayMs?: number
}

export type ConsumeOptions = {
  /** How many deliveries may be in flight at once: 1 to 1000, 10 by default. */
  readonly prefetch?: number
  /** B33. Told of each delivery that was handed out, once, at the moment in which `stats` counts
   *  what became of it. It must not throw. Default: nobody is. */
  readonly onSettled?: (delivery: Delivery, settled: Settled) => void
}

export type StopOptions = {
  /** How long deliveries in flight may take to finish, in milliseconds. Default 5000. */
  readonly drainMs?: number
}

/** What became of a delivery, as `ConsumerStats` counts it. */
export type Settled = Exclude<keyof ConsumerStats, 'delivered'>

export type ConsumerStats = {
  readonly delivered: number
  readonly acked: number
  readonly retried: number
  readonly released: number
  readonly deadLettered: number
  /** Settled too late: the broker had taken the delivery back (a cut, an expired lease). */
  readonly lost: number
}

/** Settled = acked + retried + released + deadLettered + lost; delivered = settled + in flight. */
export interface Consumer extends AsyncDisposable {
  readonly inFlight: number
  readonly stats: ConsumerStats
  /** B34. Whether the broker hands anything to it: not while it is cut off, nor from the moment in
   *  which it stops. */
  readonly isReceiving: boolean
  /** See B25 to B28. */
  stop(options?: StopOptions): Promise<void>
}

export type BrokerFeatures = {
  /** At prefetch 1, one consumer gets a queue's messages in the order of publishing (B23). */
  readonly ordered: boolean
  /** `release` does not raise `attempt` (B14). */
  readonly releaseIsFree: boolean
  /** A confirmed message outlives every process, the broker's own included (B9). */
  readonly durable: boolean
}

/** What is known without asking. Only `closed` lasts; whoever is `away` comes back by itself. */
export type BrokerState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'away'; readonly reason: string }
  | { readonly kind: 'closed' }

/** The queue that holds the dead letters of `queue`. It can be consumed and peeked like any
 *  other. */
export const deadLetterQueue = (queue: string): string => `${queue}.dead`

export interface Broker extends AsyncDisposable {
  readonly features: BrokerFeatures
  /** B35. `ready` where it is open, for all it knows, and `closed` from the call of `close` on. */
  readonly state: BrokerState

  /** B10. Safe to repeat, by any number of processes. B11. Rejects with `TopologyMismatch` where a
   *  queue exists with other settings, and changes nothing. */
  declare(topology: Topology): Promise<void>

  /** B1. Resolves once the broker holds the message, whether or not anybody consumes it yet: B9.
   *  durably, where `features.durable`. B2. Body, B3. headers, id and type arrive as they were.
   *  B4. Rejects with `TooLarge` and B5. with `Unroutable` (a queue that was never declared)
   *  before any effect, and the next publish works. B6. An event reaches every queue bound to
   *  it; B7. with no queue bound it is gone, which is no error. B8. Not delivered before
   *  `delayMs`. Any number of calls at once: B29. their number on the wire is bounded and none
   *  is lost. Rejects with `Unavailable` when the broker certainly does not hold the message,
   *  with `Unknown` when it may. */
  publish(to: Address, message: WireMessage, options?: PublishOptions): Promise<void>

  /** Delivers at least once, from a queue that was declared (else `Unroutable`). B12. `attempt`
   *  is 1 at first, and 2 after a retry. B13. A `handle` that rejects, throws or resolves with
   *  no outcome means retry at once. B14. `release` hands it out again. B15. `retry` not before
   *  its delay, and holds nothing else up. B16. `dead-letter` moves the message, as it was, to
   *  `deadLetterQueue` once, with its reason (`header.deadReason`), queue and attempts. B17. So
   *  does the delivery limit, with the last reason. B18. A dead letter that is published again
   *  starts at attempt 1. B19. At most `prefetch` in flight. B20. Consumers of one queue share
   *  its messages; B21. what a dead one had not settled is delivered again, as attempt 2; B22. a
   *  slow one is not doubled. B24. What another process publishes arrives as well, promptly.
   *
   *  B25. `stop` takes nothing more, waits for what is in flight, and leaves the rest. B26. Past
   *  `drainMs` it aborts the signals and gives back what is unsettled; a settlement after that
   *  is lost, and counted. B27. No `handle` is called after it resolved. B28. Twice is once. */
  consume(queue: string, handle: Handle, options?: ConsumeOptions): Promise<Consumer>

  /** B30. The first `limit` (1 to 1000) messages waiting in `queue`, which stay where they are.
   *  Free of counting an attempt where `release` is. */
  peek(queue: string, limit: number): Promise<readonly WireMessage[]>

  /** B31. How many messages wait in `queue`: neither in flight nor delayed. */
  count(queue: string): Promise<number>

  /** B32. Stops every consumer, then lets go; a publish after it rejects with `Unavailable`. Safe
   *  while publishing, and twice. */
  close(options?: StopOptions): Promise<void>
}

/** Definite: nobody ever declared the queue. Nothing was stored. */
export class Unroutable extends Error {
  override readonly name = 'Unroutable'
}

/** A queue exists with other settings than the ones declared. Nothing was changed. */
export class TopologyMismatch extends Error {
  override readonly name = 'TopologyMismatch'
}
