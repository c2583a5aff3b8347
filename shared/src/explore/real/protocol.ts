// What the process of an endpoint and the director of a performance say to each other, over the
// channel that Node opens between parent and child. The director allows each call that changes
// something before it is made, and hears of it before its caller does: so no effect is ever
// missing from the history, wherever a process is killed.

import type { Address, BrokerSpec, Outcome } from '../../broker/index.ts'
import type { FailureCode } from '../../check/index.ts'
import type { WireMessage } from '../../message/index.ts'

/** Whose process it is. */
export type Role = {
  /** The endpoint or the service. */
  readonly name: string
  readonly isService: boolean
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
 *  on its way, which looks the same; made twice; or made again a little later. */
export type Spoiled = 'refused' | 'unanswered' | 'lost' | 'doubled' | 'copied late'

export type Call =
  | { readonly kind: 'publish'; readonly to: Address; readonly id: string }
  | { readonly kind: 'write' }

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

/** From the process to the director. */
export type Report =
  /** It has opened everything, and waits for `begin`. */
  | { readonly kind: 'ready' }
  /** It takes messages, or calls, from now on. */
  | { readonly kind: 'begun' }
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
      readonly message: WireMessage
      readonly code: FailureCode | undefined
      readonly reason: string
    }
  | { readonly kind: 'answered'; readonly number: number; readonly failure: string | undefined }

/** From the director to the process. */
export type Order =
  | { readonly kind: 'open'; readonly opening: Opening }
  | { readonly kind: 'begin' }
  /** Answers `asks` and `did`. */
  | { readonly kind: 'go'; readonly number: number; readonly spoiled: Spoiled | undefined }
  /** A client calls the service. */
  | { readonly kind: 'call'; readonly number: number; readonly message: WireMessage }
  | { readonly kind: 'stop' }
