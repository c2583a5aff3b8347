// What happened in a run, in order. Simulated and real runs record the same events, so that one
// property judges both.

import type { Address, Outcome } from '../broker/index.ts'
import type { WireMessage } from '../message/index.ts'

export type HistoryEvent =
  | { readonly kind: 'published'; readonly to: Address; readonly message: WireMessage }
  | { readonly kind: 'delivered'; readonly queue: string; readonly message: WireMessage }
  | {
      readonly kind: 'settled'
      readonly queue: string
      readonly message: WireMessage
      readonly outcome: Outcome['kind']
    }
  | { readonly kind: 'saved'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'removed'; readonly key: string }
  | { readonly kind: 'failed'; readonly message: WireMessage; readonly error: unknown }

export class History {
  readonly #events: HistoryEvent[] = []

  record(event: HistoryEvent): void {
    this.#events.push(event)
  }

  get events(): readonly HistoryEvent[] {
    return this.#events
  }
}
