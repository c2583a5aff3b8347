// What handlers and behaviours are given. A context is never changed: a behaviour that wants
// another store, signal or dispatch downstream passes it to `next`, and each call of `next` makes a
// fresh one.

import type { Address, Outcome } from '../broker/index.ts'
import type { Message, Outgoing, WireMessage } from '../message/index.ts'
import type { Store } from '../store/index.ts'
import type { Alarm, Clock, Http, Ids } from '../world/index.ts'
import type { Bag } from './bag.ts'

/** The part of a pino logger that the core uses. */
export interface Log {
  child(fields: Record<string, unknown>): Log
  debug(fields: Record<string, unknown>, text: string): void
  info(fields: Record<string, unknown>, text: string): void
  warn(fields: Record<string, unknown>, text: string): void
  error(fields: Record<string, unknown>, text: string): void
}

export type DelayOptions = {
  /** The broker holds the message back for this long, in milliseconds. Default 0. */
  readonly delayMs?: number
}

/** Publishes an event. Resolves once the broker holds it; rejects as `Broker.publish` does. */
export type Publish = (message: Outgoing<'event'>, options?: DelayOptions) => Promise<void>
/** Sends a command to the one endpoint that handles it. */
export type Send = (message: Outgoing<'command'>, options?: DelayOptions) => Promise<void>

/** What a handler works with. Time, ids and choices come from here and from nowhere else. */
export type HandlerContext = {
  /** 1 for the first delivery of this message to this endpoint. */
  readonly attempt: number
  readonly store: Store
  readonly publish: Publish
  readonly send: Send
  /** Calls other systems. */
  readonly http: Http
  readonly ids: Ids
  readonly clock: Clock
  /** A choice. The same seed, endpoint, message, attempt and name give the same side; the second
   *  toss of that name is another coin, and so on. */
  readonly coin: (name: string) => boolean
  /** A number in [0, 1), decided like a coin. */
  readonly random: (name: string) => number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason once it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly log: Log
  /** Aborted when the handler's time is up, or its message is wanted back. */
  readonly signal: AbortSignal
  /** What behaviours leave for one another and for the handler. */
  readonly bag: Bag
}

/** A message on its way out, as bytes. Sent twice, or stored and sent later, it stays the same. */
export type Dispatch = {
  readonly to: Address
  readonly message: WireMessage
  readonly delayMs: number
}

/** What an incoming behaviour works with. */
export type IncomingContext = HandlerContext & {
  readonly endpoint: string
  readonly message: Message
  /** Decides what becomes of the delivery; the last call counts. Not called at all, it is
   *  acknowledged when the outermost behaviour resolves, and retried when that rejects. */
  readonly settle: (outcome: Outcome) => void
  /** Where messages leave this endpoint: the broker, or whatever a behaviour put in its place. */
  readonly dispatch: (dispatch: Dispatch) => Promise<void>
  readonly alarm: Alarm
}

/** What an outgoing behaviour works with. */
export type OutgoingContext = {
  readonly endpoint: string
  readonly kind: Outgoing['kind']
  readonly message: Message
  readonly to: Address
  readonly delayMs: number
  /** The delivery whose handler sends this, if any. */
  readonly cause: IncomingContext | undefined
  readonly coin: (name: string) => boolean
  readonly log: Log
}
