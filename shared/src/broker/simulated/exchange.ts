// The queues and bindings of the simulated broker: what is declared, and where a message goes.

import type { WireMessage } from '../../message/index.ts'
import { digestOfText, empty, join } from '../../simulation/index.ts'
import {
  type Address,
  deadLetterQueue,
  type QueueSpec,
  type Topology,
  TopologyMismatch,
  Unroutable,
} from '../broker.ts'
import { checkTopology, defaultDeliveryLimit } from '../limits.ts'
import { addHappenings } from './happenings.ts'
import { SimulatedQueue, type SimulatedQueueSpec, type Surroundings } from './queue.ts'

export type ExchangeOptions = Omit<Surroundings, 'nextLane'>

export type Publication = {
  readonly to: Address
  readonly message: WireMessage
  readonly delayMs: number
}

export class Exchange {
  readonly #around: Surroundings
  readonly #queues = new Map<string, SimulatedQueue>()
  readonly #bound = new Map<string, Set<string>>()
  readonly #deliveries = new Map<string, number>()
  /** Of the bindings, and of the names that lanes have got: both only ever grow. */
  #digest = empty

  constructor(options: ExchangeOptions) {
    this.#around = { ...options, nextLane: (name) => this.#nextLane(name) }
  }

  get queues(): Iterable<SimulatedQueue> {
    return this.#queues.values()
  }

  /** Throws before it changes anything. */
  declare({ queues, bindings }: Topology): void {
    checkTopology({ queues, bindings })
    for (const spec of queues) this.#expectToFit(spec)
    const names = new Set([...this.#queues.keys(), ...queues.map(({ name }) => name)])
    for (const { queue } of bindings) if (!names.has(queue)) throw unroutable(queue)
    for (const spec of queues) if (!this.#queues.has(spec.name)) this.#addWithDead(spec)
    for (const { event, queue } of bindings) this.#bind(event, queue)
  }

  queue(name: string): SimulatedQueue {
    const queue = this.#queues.get(name)
    if (queue) return queue
    throw unroutable(name)
  }

  /** The names of the queues that a message to `to` goes to. */
  route(to: Address): readonly string[] {
    return 'queue' in to ? [to.queue] : [...(this.#bound.get(to.event) ?? [])]
  }

  /** The footprint of a publish: the one queue it goes to. For an event that goes to several it is
   *  everything, because a step has but one resource, and none narrower would meet all of them. */
  resource(to: Address): string {
    const [first, ...others] = this.route(to)
    if (others.length > 0) return '*'
    return (first && this.#queues.get(first)?.resource) ?? 'no queue'
  }

  store({ to, message, delayMs }: Publication): void {
    const queues = this.route(to).map((name) => this.queue(name))
    for (const queue of queues) {
      // The same message may be in several queues, and no lane may be named twice.
      const name = 'event' in to ? `${message.id}@${queue.name}` : message.id
      queue.store(message, { name, delayMs })
    }
    this.#around.record({ kind: 'published', to, message })
  }

  /** What tells its state from any other, in whatever order it was declared. */
  digest(): number {
    let digest = this.#digest
    for (const queue of this.#queues.values()) digest = join(digest, queue.digest())
    return digest
  }

  #expectToFit({ name, deliveryLimit = defaultDeliveryLimit }: QueueSpec): void {
    const existing = this.#queues.get(name)?.deliveryLimit ?? deliveryLimit
    if (existing === deliveryLimit) return
    throw new TopologyMismatch(
      `expected queue "${name}" to have the delivery limit ${deliveryLimit}, it has ${existing}. ` +
        'Declare what exists',
    )
  }

  #addWithDead({ name, deliveryLimit = defaultDeliveryLimit }: QueueSpec): void {
    const resource = `queue ${name}`
    const unlimited = { name: deadLetterQueue(name), resource, deliveryLimit: Infinity }
    this.#add({ name, resource, deliveryLimit, dead: this.#add(unlimited) })
  }

  #add(spec: SimulatedQueueSpec): SimulatedQueue {
    const queue = new SimulatedQueue(spec, this.#around)
    this.#queues.set(spec.name, queue)
    addHappenings(this.#around.simulation, queue)
    return queue
  }

  #bind(event: string, queue: string): void {
    const bound = this.#bound.get(event) ?? new Set()
    if (bound.has(queue)) return
    this.#bound.set(event, bound.add(queue))
    this.#digest = join(this.#digest, digestOfText(`${event} ${queue}`))
  }

  /** `given-1#2` for the second delivery of given-1: unique in a run, whoever takes it. */
  #nextLane(name: string): string {
    const number = (this.#deliveries.get(name) ?? 0) + 1
    this.#deliveries.set(name, number)
    const lane = `${name}#${number}`
    this.#digest = join(this.#digest, digestOfText(lane))
    return lane
  }
}

const unroutable = (name: string): Unroutable =>
  new Unroutable(`expected queue "${name}" to exist. Declare it first`)
