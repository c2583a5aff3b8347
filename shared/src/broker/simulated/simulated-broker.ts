// The broker of a simulated world: the whole contract, as steps that a scheduler orders, with the
// faults that a broker cannot avoid. It is as durable as a broker can be: nothing that a process
// does to itself loses a message.

import type { WireMessage } from '../../message/index.ts'
import type { Process, Simulation } from '../../simulation/index.ts'
import { type Address, type Broker, deadLetterQueue, type Topology } from '../broker.ts'
import { Connection } from './connection.ts'
import { kept } from './copy.ts'
import type { BrokerEvent } from './detail.ts'
import { Exchange } from './exchange.ts'

export type SimulatedBrokerOptions = {
  /** Is told of everything that happens to a message. Default: nobody is. */
  readonly record?: (event: BrokerEvent) => void
}

export class SimulatedBroker {
  readonly #exchange: Exchange

  constructor(simulation: Simulation, { record = () => {} }: SimulatedBrokerOptions = {}) {
    this.#exchange = new Exchange({ simulation, record })
    simulation.state(() => this.#exchange.digest())
  }

  /** The broker as `process` sees it. What the process holds when it crashes is handed out again,
   *  to whoever takes it; its next instance opens the broker anew. */
  open(process: Process): Broker {
    return new Connection(process, this.#exchange)
  }

  /** As a process would, before there are any. No step. */
  declare(topology: Topology): void {
    this.#exchange.declare(topology)
  }

  /** Publishes what is there before the story begins. No step. */
  enqueue(to: Address, message: WireMessage): void {
    this.#exchange.store({ to, message: kept(message), delayMs: 0 })
  }

  /** The names of all queues, those of dead letters among them. */
  get queues(): readonly string[] {
    return [...this.#exchange.queues].map(({ name }) => name)
  }

  /** What waits in `queue`, delayed or not. No step; for properties. */
  waiting(queue: string): readonly WireMessage[] {
    return this.#exchange.queue(queue).waiting.map(({ message }) => message)
  }

  /** How many messages of `queue` wait or are in flight. No step; for whoever feeds it. */
  unsettled(queue: string): number {
    const { waiting, inFlight } = this.#exchange.queue(queue)
    return waiting.length + inFlight.size
  }

  /** The dead letters of `queue` that wait. No step; for properties. */
  deadLetters(queue: string): readonly WireMessage[] {
    return this.waiting(deadLetterQueue(queue))
  }
}
