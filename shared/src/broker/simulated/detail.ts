// What the simulated broker tells of what it does: events, for whoever keeps a history, and details
// of its steps, for whoever draws a picture. Nothing in here decides anything.

import { textOf, type WireMessage } from '../../message/index.ts'
import type { Address, Outcome, Settled } from '../broker.ts'

/** What happened, told at the moment when it does: a crash right after cannot undo it. */
export type BrokerEvent =
  | { readonly kind: 'published'; readonly to: Address; readonly message: WireMessage }
  | {
      readonly kind: 'delivered'
      readonly queue: string
      readonly message: WireMessage
      readonly attempt: number
    }
  | {
      readonly kind: 'settled'
      readonly queue: string
      readonly message: WireMessage
      /** What became of it: `dead-letter` for a retry too many. */
      readonly outcome: Outcome['kind']
    }

/** Why a copy of a message is in its queue. */
export type CopyKind = 'original' | 'duplicate' | 'late copy' | 'redelivery'

export type ShownMessage = { readonly id: string; readonly type: string; readonly text: string }

/** What a trace says of a step of the broker. */
export type BrokerDetail =
  | {
      readonly step: 'publish'
      readonly message: ShownMessage
      readonly to: Address
      /** Where that leads: one queue, or all those that are bound to the event. */
      readonly queues: readonly string[]
      readonly delayMs: number
      /** Whether the broker holds it now, whatever the publisher was told. */
      readonly isStored: boolean
      readonly fault: 'refused' | 'unknown' | undefined
    }
  | {
      readonly step: 'receive'
      readonly message: ShownMessage
      readonly queue: string
      readonly attempt: number
      readonly copy: CopyKind
      /** `duplicates`: another copy waits behind it. `reorderings`: it overtook others. */
      readonly fault: 'duplicates' | 'reorderings' | undefined
    }
  | {
      readonly step: 'settle'
      readonly message: ShownMessage
      readonly queue: string
      readonly attempt: number
      readonly outcome: Outcome
      /** `lost`: the broker had taken the delivery back, and the outcome had no effect. */
      readonly became: Settled
    }
  | { readonly step: 'late copy'; readonly message: ShownMessage; readonly queue: string }
  | {
      readonly step: 'lease expires'
      readonly message: ShownMessage
      readonly queue: string
      /** The delivery that goes on and does not notice. */
      readonly lane: string
      readonly attempt: number
    }

export function shown(message: WireMessage): ShownMessage {
  return { id: message.id, type: message.type, text: textOf(message) }
}
