// What happened in a run, in order. Simulated and real runs record the same events, so that one
// property judges both.

import type { Address, Outcome } from '../broker/index.ts'
import type { HttpEvent } from '../http/index.ts'
import type { WireMessage } from '../message/index.ts'
import { digestOf, digestOfText, empty, join, mix } from '../simulation/index.ts'

export type HistoryEvent =
  | HttpEvent
  | { readonly kind: 'published'; readonly to: Address; readonly message: WireMessage }
  | { readonly kind: 'delivered'; readonly queue: string; readonly message: WireMessage }
  | {
      readonly kind: 'settled'
      readonly queue: string
      readonly message: WireMessage
      readonly outcome: Outcome['kind']
    }
  | { readonly kind: 'loaded'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'saved'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'removed'; readonly key: string }
  /** A service answered a client: it thanked her, or told her that it failed. */
  | {
      readonly kind: 'answered'
      readonly client: string
      readonly message: WireMessage
      readonly isThanked: boolean
    }
  /** A handler has failed; or, without a message, a route. */
  | { readonly kind: 'failed'; readonly message?: WireMessage; readonly error: unknown }

export class History {
  readonly #events: HistoryEvent[] = []
  /** For each key, address and client, what happened there, in order. */
  readonly #chains = new Map<string, number>()
  readonly #hasDigest: boolean

  /** `hasDigest`: whether anybody will ask for it; to keep it costs time. */
  constructor({ hasDigest = true }: { readonly hasDigest?: boolean } = {}) {
    this.#hasDigest = hasDigest
  }

  record(event: HistoryEvent): void {
    this.#events.push(event)
    if (!this.#hasDigest) return
    const where = placeOf(event)
    if (where === undefined) return
    this.#chains.set(where, mix(this.#chains.get(where) ?? empty, digestOfEvent(event)))
  }

  get events(): readonly HistoryEvent[] {
    return this.#events
  }

  /** What tells this history from others, as far as properties may depend on it: what was saved
   *  under each key, published to each address, answered to each client and told to each caller, in
   *  order; not the order between two of them. A search that leaves out
   *  states that it has met relies on it. */
  get digest(): number {
    let sum = empty
    for (const [where, chain] of this.#chains) sum = join(sum, mix(digestOfText(where), chain))
    return sum
  }
}

function placeOf(event: HistoryEvent): string | undefined {
  switch (event.kind) {
    case 'saved':
    case 'removed':
      return event.key
    case 'published':
      return 'queue' in event.to ? `queue ${event.to.queue}` : `event ${event.to.event}`
    case 'answered':
      return `client ${event.client}`
    case 'requested':
    case 'heard':
      return `caller ${event.caller}`
    case 'responded':
      return `request ${event.id}`
    case 'delivered':
    case 'settled':
    case 'loaded':
    case 'failed':
      return undefined
  }
}

function digestOfEvent(event: HistoryEvent): number {
  if (event.kind === 'saved') return digestOf(event.value)
  if (event.kind === 'published')
    return mix(digestOfText(event.message.id), digestOf(event.message.body))
  if (event.kind === 'answered') return event.isThanked ? 1 : 2
  if (event.kind === 'requested') return mix(digestOfText(event.id), digestOf(event.request))
  if (event.kind === 'responded') return digestOf(event.response)
  if (event.kind === 'heard') {
    return mix(digestOfText(event.id), digestOf('response' in event ? event.response : event.error))
  }
  return 3
}
