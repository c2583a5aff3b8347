// What the process of an endpoint and the director of a performance say to each other, over the
// channel that Node opens between parent and child. The director allows each call that changes
// something before it is made, and hears of it before its caller does: so no effect is ever
// missing from the history, wherever a process is killed.

import type { Address, BrokerSpec, Outcome } from '../../broker/index.ts'
import type { FailureCode } from '../../check/index.ts'
import type { HttpEvent } from '../../http/index.ts'
import type { WireMessage } from '../../message/index.ts'
import type { Listening } from './origins.ts'

/** Whose process it is. */
export type Role = {
  /** The endpoint, the service or the server. */
  readonly name: string
  readonly kind: 'endpoint' | 'service' | 'server'
  /** `orders-1`: the same after a restart. */
  readonly instance: string
}

/** What a process has to know before it can open anything. May hold a password. */
export type Opening = {
  readonly role: Role
  readonly broker: BrokerSpec
  /** How long the embedded broker leaves a message with a silent process. */
  readonly leaseMs: number
  /** The folder of the store. */
  readonly directory: string
  /** Decides every coin. */
  readonly seed: string
}

/** How a call ends otherwise than it should: not made at all; made, but nobody learns of it; lost
 *  on its way, which looks the same; made twice; made again a little later; or made only then. */
export type Spoiled = 'refused' | 'unanswered' | 'lost' | 'doubled' | 'copied late' | 'delayed'

export type Call =
  | { readonly kind: 'publish'; readonly to: Address; readonly id: string }
  | { readonly kind: 'write' }
  | { readonly kind: 'request' }

export type Written = {
  readonly key: string
  /** Undefined where it was removed. */
  readonly value: unknown
  /** The writes of a key happened in the order of these numbers, whichever process made them. */
  readonly order: number
}

/** What a call has changed. */
export type Deed =
  | {
      readonly kind: 'published'
      readonly to: Address
      readonly message: WireMessage
      readonly copies: number
    }
  | { readonly kind: 'written'; readonly writes: readonly Written[] }
  /** Somebody else may have changed something. */
  | { readonly kind: 'exchanged' }

type Failed = Extract<HttpEvent, { readonly error: unknown }>

/** An event of an exchange; an error, which does not travel whole, by its name. */
export type ToldEvent =
  | Exclude<HttpEvent, Failed>
  | (Omit<Failed, 'error'> & { readonly outcome: string })

/** From the process to the director. */
export type Report =
  /** It has opened everything, and waits for `begin`. */
  | { readonly kind: 'ready' }
  /** It takes messages, calls or requests from now on. */
  | { readonly kind: 'begun'; readonly origin?: string }
  | { readonly kind: 'exchanged'; readonly event: ToldEvent }
  /** A request goes on alone, or has ended. */
  | { readonly kind: 'late'; readonly by: 1 | -1 }
  | { readonly kind: 'asks'; readonly number: number; readonly call: Call }
  /** It has made the call of that number. No deed: it has failed. */
  | { readonly kind: 'did'; readonly number: number; readonly deed: Deed | undefined }
  | { readonly kind: 'delivered'; readonly queue: string; readonly message: WireMessage }
  | {
      readonly kind: 'settled'
      readonly queue: string
      readonly message: WireMessage
      readonly outcome: Outcome['kind']
    }
  | {
      readonly kind: 'failed'
      /** None: it was a route. */
      readonly message?: WireMessage
      readonly code: FailureCode | undefined
      readonly reason: string
    }
  | { readonly kind: 'answered'; readonly number: number; readonly failure: string | undefined }

/** From the director to the process. */
export type Order =
  | { readonly kind: 'open'; readonly opening: Opening }
  | { readonly kind: 'begin' }
  /** Where servers listen now. */
  | { readonly kind: 'servers'; readonly listening: Listening }
  /** Answers `asks` and `did`. */
  | { readonly kind: 'go'; readonly number: number; readonly spoiled: Spoiled | undefined }
  /** A client calls the service. */
  | { readonly kind: 'call'; readonly number: number; readonly message: WireMessage }
  | { readonly kind: 'stop' }
