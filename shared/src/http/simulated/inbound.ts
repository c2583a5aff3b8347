// What is on its way to one server of a simulated world: requests that wait to be taken, and those
// that will arrive when nobody waits for them any more.

import {
  digestOf,
  digestOfText,
  empty,
  join,
  mix,
  type Simulation,
} from '../../simulation/index.ts'
import type { Unknown } from '../../world/index.ts'
import type { WireRequest, WireResponse } from '../wire.ts'
import { type ArrivalKind, detailOf, type HttpDetail } from './detail.ts'

export type Exchange = {
  /** `ann:2`, for the second request of the lane ann. */
  readonly id: string
  readonly server: string
  readonly caller: string
  /** The process that called, for pictures. */
  readonly from: string
  readonly request: WireRequest
  readonly digest: number
  /** What its caller will hear. */
  told: { readonly response: WireResponse } | { readonly error: Unknown } | undefined
  /** Whether its caller waits. */
  isAwaited: boolean
}

export type Arrival = { readonly exchange: Exchange; readonly kind: ArrivalKind }

export class Inbound {
  readonly name: string
  readonly resource: string
  /** Those that can be taken, in the order in which they arrived. */
  readonly waiting: Arrival[] = []
  readonly #delayed: Exchange[] = []
  /** Each request that has ever arrived, as long as there may be a copy of it. */
  readonly #arrived = new Set<Exchange>()
  readonly #mayCopy: () => boolean
  #arrivedDigest = empty

  constructor(name: string, simulation: Simulation) {
    this.name = name
    this.resource = `server ${name}`
    this.#mayCopy = () => simulation.budget.has('copiedRequests')
    this.#addHappenings(simulation)
  }

  arrive(exchange: Exchange, kind: ArrivalKind): void {
    this.waiting.push({ exchange, kind })
    if (!this.#mayCopy() || this.#arrived.has(exchange)) return
    this.#arrived.add(exchange)
    this.#arrivedDigest = join(this.#arrivedDigest, exchange.digest)
  }

  /** It will arrive, whenever that is. */
  delay(exchange: Exchange): void {
    this.#delayed.push(exchange)
  }

  digest(): number {
    let digest = mix(digestOfText(this.name), this.#arrivedDigest)
    for (const { exchange, kind } of this.waiting) {
      digest = mix(mix(digest, exchange.digest), digestOf(kind))
    }
    let delayed = empty
    for (const exchange of this.#delayed) delayed = join(delayed, exchange.digest)
    return mix(digest, delayed)
  }

  #addHappenings(simulation: Simulation): void {
    const { resource } = this
    let detail: HttpDetail | undefined
    const arrives = (exchange: Exchange | undefined, kind: ArrivalKind): void => {
      if (!exchange) throw new Error(`expected a request to ${this.name}, got none`)
      this.arrive(exchange, kind)
      detail = detailOf('arrive', exchange, { arrival: kind })
    }
    simulation.happening({
      kind: 'copy',
      resource,
      spends: 'copiedRequests',
      variants: () => this.#arrived.size,
      effect: (variant) => arrives([...this.#arrived][variant], 'copy'),
      detail: () => detail,
    })
    if (!simulation.budget.has('delayedRequests')) return
    simulation.happening({
      kind: 'arrive',
      resource,
      isFree: true,
      variants: () => this.#delayed.length,
      effect: (variant) => arrives(this.#delayed.splice(variant, 1)[0], 'delayed'),
      detail: () => detail,
    })
  }
}
