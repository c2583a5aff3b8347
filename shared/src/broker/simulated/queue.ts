// One queue of the simulated broker: what waits in it, in order, and what is in flight. A delivery
// goes by the name of its lane. What is handed out again waits at the head, counted as failed
// unless it was released; at the delivery limit it becomes a dead letter.
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
import type { Outcome, Settled } from '../broker.ts'
import { deathHeaders } from '../dead-letter.ts'
import { again, attemptOf, type Copy, digestOfCopy } from './copy.ts'
import type { BrokerEvent } from './detail.ts'

/** A dead letter that is refused has nowhere else to go: it comes again, and not in a hot loop. */
const deadAgainMs = 1000

export type SimulatedQueueSpec = {
  readonly name: string
  /** What its steps are done to. It shares that with its dead letters, because a settlement may
   *  move a message from one to the other. */
  readonly resource: string
  readonly deliveryLimit: number
  /** Where its dead letters go. A queue of dead letters has none. */
  readonly dead?: SimulatedQueue
}

/** What the queues of a broker share. */
export type Surroundings = {
  readonly simulation: Simulation
  /** A name for one more delivery of what goes by `name`. */
  readonly nextLane: (name: string) => string
  readonly record: (event: BrokerEvent) => void
}

export class SimulatedQueue {
  readonly name: string
  readonly resource: string
  readonly deliveryLimit: number
  readonly #dead: SimulatedQueue | undefined
  readonly #around: Surroundings
  readonly #waiting: Copy[] = []
  readonly #inFlight = new Map<string, Copy>()
  readonly #handedOut = new Map<WireMessage, Copy>()
  #handedOutDigest = empty
  #digest: number | undefined

  constructor({ name, resource, deliveryLimit, dead }: SimulatedQueueSpec, around: Surroundings) {
    this.name = name
    this.resource = resource
    this.deliveryLimit = deliveryLimit
    this.#dead = dead
    this.#around = around
  }

  /** What waits, delayed or not, in order. */
  get waiting(): readonly Copy[] {
    return this.#waiting
  }

  /** What is in flight, by the names of the lanes, in the order of handing out. */
  get inFlight(): ReadonlyMap<string, Copy> {
    return this.#inFlight
  }

  /** Each message that was ever handed out, as long as there may be a late copy of it. */
  get handedOut(): ReadonlyMap<WireMessage, Copy> {
    return this.#handedOut
  }

  /** What waits and is due, in order. */
  available(): readonly Copy[] {
    return this.#waiting.filter((copy) => this.#isDue(copy))
  }

  hasAvailable(): boolean {
    return this.#first() !== undefined
  }

  /** Puts a message at the end. */
  store(message: WireMessage, { name = message.id, delayMs = 0 } = {}): void {
    const { simulation } = this.#around
    const digest = simulation.tracksState ? digestOf(message) : 0
    const dueAtMs = this.#dueIn(delayMs)
    this.#add('end', [{ message, digest, name, kind: 'original', failures: 0, dueAtMs }])
  }

  /** Puts one more copy of what was handed out at the head of the queue, or at its end. */
  storeAgain(where: 'head' | 'end', copy: Copy): void {
    const kind = where === 'head' ? 'duplicate' : 'late copy'
    this.#add(where, [{ ...copy, kind, failures: 0, dueAtMs: 0 }])
  }

  /** Hands out the first of what is available, or the one at `position`. Returns the lane. */
  handOut(position = 0): string {
    const { simulation, nextLane, record } = this.#around
    const copy = position === 0 ? this.#first() : this.available()[position]
    if (!copy) throw new RangeError(`expected ${position + 1} available in ${this.name}, got fewer`)
    this.#waiting.splice(this.#waiting.indexOf(copy), 1)
    const lane = nextLane(copy.name)
    this.#inFlight.set(lane, copy)
    if (simulation.budget.has('lateCopies')) this.#remember(copy)
    this.#digest = undefined
    const { message } = copy
    record({ kind: 'delivered', queue: this.name, message, attempt: attemptOf(copy) })
    return lane
  }

  /** Does what a handler decided, unless the delivery was taken back. */
  settle(lane: string, outcome: Outcome): Settled {
    const copy = this.#inFlight.get(lane)
    if (!copy) return 'lost'
    this.#inFlight.delete(lane)
    this.#digest = undefined
    const settled = this.#settle(copy, outcome)
    const { message } = copy
    this.#around.record({
      kind: 'settled',
      queue: this.name,
      message,
      outcome: outcomeThatIs[settled],
    })
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
      else back.push(again(copy, { failures: 1 }))
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
    if (outcome.kind === 'ack') return 'acked'
    if (outcome.kind === 'release') {
      this.#add('head', [again(copy)])
      return 'released'
    }
    if (this.#dead && (outcome.kind === 'dead-letter' || this.#isLast(copy))) {
      this.#bury(copy, outcome.reason)
      return 'deadLettered'
    }
    const dueAtMs = this.#dueIn(outcome.kind === 'retry' ? outcome.delayMs : deadAgainMs)
    this.#add('head', [again(copy, { failures: 1, dueAtMs })])
    return 'retried'
  }

  #bury(copy: Copy, reason: string): void {
    const death = { queue: this.name, attempts: attemptOf(copy), reason }
    const { message } = copy
    const letter = { ...message, headers: { ...message.headers, ...deathHeaders(death) } }
    this.#dead?.store(letter, { name: `${letter.id}@${this.#dead.name}` })
  }

  #add(where: 'head' | 'end', copies: readonly Copy[]): void {
    if (where === 'head') this.#waiting.unshift(...copies)
    else this.#waiting.push(...copies)
    for (const copy of copies) this.#around.simulation.alarms.set(copy, copy.dueAtMs)
    this.#digest = undefined
  }

  #remember(copy: Copy): void {
    if (this.#handedOut.has(copy.message)) return
    this.#handedOut.set(copy.message, copy)
    this.#handedOutDigest = join(this.#handedOutDigest, copy.digest)
  }

  #first(): Copy | undefined {
    return this.#waiting.find((copy) => this.#isDue(copy))
  }

  #isLast(copy: Copy): boolean {
    return attemptOf(copy) >= this.deliveryLimit
  }

  #isDue({ dueAtMs }: Copy): boolean {
    return dueAtMs <= this.#around.simulation.nowMs
  }

  #dueIn(delayMs: number): number {
    return delayMs > 0 ? this.#around.simulation.nowMs + delayMs : 0
  }
}

const outcomeThatIs: Readonly<Record<Exclude<Settled, 'lost'>, Outcome['kind']>> = {
  acked: 'ack',
  retried: 'retry',
  released: 'release',
  deadLettered: 'dead-letter',
}
