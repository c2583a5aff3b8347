// Which messages are still owed to an endpoint: put into its queue, and not settled for good. That
// includes what waits for a time, and what a process held when it was killed: a broker's own counts
// show neither.

import type { Address, Outcome, Topology } from '../../broker/index.ts'

type Copy = { readonly queue: string; readonly id: string }

export class Ledger {
  readonly #served: ReadonlySet<string>
  readonly #bindings: Topology['bindings']
  /** How many copies of a message are owed. */
  readonly #owed = new Map<string, number>()
  /** What each instance is at work on. */
  readonly #atWork = new Map<string, Copy[]>()

  /** `served` are the queues that somebody takes messages from. */
  constructor(served: readonly string[], topologies: readonly Topology[]) {
    this.#served = new Set(served)
    this.#bindings = topologies.flatMap(({ bindings }) => bindings)
  }

  /** The queues that a message to this address goes to, and from which it is taken. */
  queuesOf(to: Address): readonly string[] {
    const all =
      'queue' in to
        ? [to.queue]
        : this.#bindings.filter(({ event }) => event === to.event).map(({ queue }) => queue)
    return all.filter((queue) => this.#served.has(queue))
  }

  put(to: Address, id: string, copies = 1): void {
    for (const queue of this.queuesOf(to)) this.#owe({ queue, id }, copies)
  }

  delivered(instance: string, copy: Copy): void {
    this.#atWork.set(instance, [...this.workOf(instance), copy])
  }

  settled(instance: string, copy: Copy, outcome: Outcome['kind']): void {
    const work = this.workOf(instance)
    const index = work.findIndex((one) => isSame(one, copy))
    this.#atWork.set(instance, work.toSpliced(index, index < 0 ? 0 : 1))
    if (outcome === 'ack' || outcome === 'dead-letter') this.#owe(copy, -1)
  }

  /** What it was at work on is handed out again. */
  died(instance: string): void {
    this.#atWork.delete(instance)
  }

  workOf(instance: string): readonly Copy[] {
    return this.#atWork.get(instance) ?? []
  }

  /** The queues whose messages are not all settled, or are still being handled: one whose lease has
   *  ended may be at work on what another one has settled. */
  get waiting(): readonly string[] {
    const owed = [...this.#owed].filter(([, copies]) => copies > 0).map(([key]) => queueOf(key))
    const atWork = [...this.#atWork.values()].flat().map(({ queue }) => queue)
    return [...new Set([...owed, ...atWork])]
  }

  #owe(copy: Copy, copies: number): void {
    const key = keyOf(copy)
    this.#owed.set(key, Math.max(0, (this.#owed.get(key) ?? 0) + copies))
  }
}

/** No queue has a space in its name. */
const keyOf = ({ queue, id }: Copy): string => `${queue} ${id}`
const queueOf = (key: string): string => key.slice(0, key.indexOf(' '))
const isSame = (one: Copy, other: Copy): boolean => keyOf(one) === keyOf(other)
