// One queue of the simulated broker: what waits in it, in order, and what is in flight. A delivery
// goes by the name of its lane. What is handed out again waits at the head, counted as failed unless
// it was released; at the delivery limit it becomes a dead letter.
//
// It knows nothing of steps, processes and faults; see steps.ts and happenings.ts.

import type { WireMessage } from '../../message/index.ts'
import {
  digestOf,
  digestOfText,
  empty,
  join,
  mix,
  type Simulation,
} from '../../simulation/index.ts'
import type { Outcome } from '../broker.ts'
import { deadLetter } from './dead-letter.ts'
import type { BrokerEvent, CopyKind, Settled } from './detail.ts'

/** A dead letter that is refused has nowhere else to go: it comes again, and not in a hot loop. */
const deadAgainMs = 1000

/** One copy of a message. It never changes: what is handed out again is another. */
export type Copy = {
  readonly message: WireMessage
  /** The digest of the message, made once. */
  readonly digest: number
  /** What its deliveries are named after. */
  readonly name: string
  readonly kind: CopyKind
  /** How many deliveries of it have failed. */
  readonly failures: number
  readonly dueAtMs: number
}

export type QueueOptions = {
  readonly name: string
  /** What its steps are done to. It shares that with its dead letters, because a settlement may
   *  move a message from one to the other. */
  readonly resource: string
  readonly deliveryLimit: number
  /** Where its dead letters go. A queue of dead letters has none. */
  readonly dead?: SimulatedQueue
  readonly simulation: Simulation
  /** A name for one more delivery of what goes by `name`. */
  readonly nextLane: (name: string) => string
  readonly record: (event: BrokerEvent) => void
}

const outcomes: Readonly<Record<Exclude<Settled, 'lost'>, Outcome['kind']>> = {
  acked: 'ack',
  retried: 'retry',
  released: 'release',
  deadLettered: 'dead-letter',
}

export class SimulatedQueue {
  readonly #options: QueueOptions
  readonly #waiting: Copy[] = []
  readonly #inFlight = new Map<string, Copy>()
  /** Each message that was ever handed out, where somebody may want a late copy of it. */
  readonly #handedOut = new Map<WireMessage, Copy>()
  #handedOutDigest = empty
  #digest: number | undefined

  constructor(options: QueueOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get resource(): string {
    return this.#options.resource
  }

  get deliveryLimit(): number {
    return this.#options.deliveryLimit
  }

  /** What waits, delayed or not, in order. */
  get waiting(): readonly Copy[] {
    return this.#waiting
  }

  /** What is in flight, by the names of the lanes. */
  get inFlight(): ReadonlyMap<string, Copy> {
    return this.#inFlight
  }

  get handedOut(): ReadonlyMap<WireMessage, Copy> {
    return this.#handedOut
  }

  get hasAvailable(): boolean {
    return this.#waiting.some((copy) => this.#isDue(copy))
  }

  /** What waits and is due, in order. */
  available(): readonly Copy[] {
    return this.#waiting.filter((copy) => this.#isDue(copy))
  }

  /** Puts a message at the end. */
  store(message: WireMessage, { name = message.id, delayMs = 0 } = {}): void {
    const { simulation } = this.#options
    const digest = simulation.tracksState ? digestOf(message) : 0
    const dueAtMs = delayMs > 0 ? simulation.nowMs + delayMs : 0
    this.#add('end', [{ message, digest, name, kind: 'original', failures: 0, dueAtMs }])
  }

  /** Puts one more copy of what was handed out at the end of the queue, or at its head. */
  storeAgain(where: 'head' | 'end', copy: Copy): void {
    const kind = where === 'head' ? 'duplicate' : 'late copy'
    this.#add(where, [{ ...copy, kind, failures: 0, dueAtMs: 0 }])
  }

  /** Hands out the first of what is available, or the one at `position`; returns the lane. */
  handOut(position = 0): string {
    const { name, simulation, nextLane, record } = this.#options
    const copy = this.available()[position]
    if (!copy) throw new RangeError(`expected ${position + 1} available in ${name}, got fewer`)
    this.#waiting.splice(this.#waiting.indexOf(copy), 1)
    const lane = nextLane(copy.name)
    this.#inFlight.set(lane, copy)
    if (simulation.budget.has('lateCopies')) this.#remember(copy)
    this.#digest = undefined
    record({ kind: 'delivered', queue: name, message: copy.message, attempt: attemptOf(copy) })
    return lane
  }

  /** Does what a handler decided, unless the delivery was taken back. */
  settle(lane: string, outcome: Outcome): Settled {
    const { name, record } = this.#options
    const copy = this.#inFlight.get(lane)
    if (!copy) return 'lost'
    this.#inFlight.delete(lane)
    this.#digest = undefined
    const settled = this.#settle(copy, outcome)
    record({ kind: 'settled', queue: name, message: copy.message, outcome: outcomes[settled] })
    return settled
  }

  /** Takes back what is in flight in these lanes, in order: as failed for `reason`, or without
   *  one as released. */
  takeBack(lanes: ReadonlySet<string>, reason?: string): void {
    const back: Copy[] = []
    for (const [lane, copy] of this.#inFlight) {
      if (!lanes.has(lane)) continue
      this.#inFlight.delete(lane)
      if (reason === undefined) back.push(again(copy))
      else if (this.#isLast(copy)) this.#bury(copy, reason)
      else back.push(again(copy, 1))
    }
    this.#add('head', back)
  }

  /** What tells its state from any other. The order of what is in flight counts: in that order a
   *  crash gives it back. */
  digest(): number {
    if (this.#digest !== undefined) return this.#digest
    let digest = mix(digestOfText(this.name), this.#handedOutDigest)
    for (const copy of this.#waiting) digest = mix(digest, digestOfCopy(copy))
    digest = mix(digest, this.#waiting.length)
    for (const [lane, copy] of this.#inFlight) {
      digest = mix(mix(digest, digestOfText(lane)), digestOfCopy(copy))
    }
    this.#digest = digest
    return digest
  }

  #settle(copy: Copy, outcome: Outcome): Exclude<Settled, 'lost'> {
    const { dead, simulation } = this.#options
    if (outcome.kind === 'ack') return 'acked'
    if (outcome.kind === 'release') {
      this.#add('head', [again(copy)])
      return 'released'
    }
    if (dead && (outcome.kind === 'dead-letter' || this.#isLast(copy))) {
      this.#bury(copy, outcome.reason)
      return 'deadLettered'
    }
    const delayMs = outcome.kind === 'retry' ? outcome.delayMs : deadAgainMs
    this.#add('head', [again(copy, 1, delayMs > 0 ? simulation.nowMs + delayMs : 0)])
    return 'retried'
  }

  #bury(copy: Copy, reason: string): void {
    const { dead, name } = this.#options
    const letter = deadLetter(copy.message, { queue: name, attempts: attemptOf(copy), reason })
    dead?.store(letter, { name: `${letter.id}@${dead.name}` })
  }

  #add(where: 'head' | 'end', copies: readonly Copy[]): void {
    if (where === 'head') this.#waiting.unshift(...copies)
    else this.#waiting.push(...copies)
    for (const copy of copies) this.#options.simulation.alarms.set(copy, copy.dueAtMs)
    this.#digest = undefined
  }

  #remember(copy: Copy): void {
    if (this.#handedOut.has(copy.message)) return
    this.#handedOut.set(copy.message, copy)
    this.#handedOutDigest = join(this.#handedOutDigest, copy.digest)
  }

  #isLast(copy: Copy): boolean {
    return attemptOf(copy) >= this.#options.deliveryLimit
  }

  #isDue({ dueAtMs }: Copy): boolean {
    return dueAtMs <= this.#options.simulation.nowMs
  }
}

/** 1 for a copy that has not failed yet. */
export const attemptOf = ({ failures }: Copy): number => failures + 1

const again = (copy: Copy, failures = 0, dueAtMs = 0): Copy => ({
  ...copy,
  kind: 'redelivery',
  failures: copy.failures + failures,
  dueAtMs,
})

export const digestOfCopy = ({ digest, failures, dueAtMs }: Copy): number =>
  mix(mix(digest, failures), dueAtMs)
