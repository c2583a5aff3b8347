// A queue and a table as small as they can be, for systems whose mistakes the explorer has to find.
// The queue delivers at least once; a crash gives back what was not acknowledged.

import { digestOf, digestOfText, join, mix } from '../digest.ts'
import type { Process } from '../process.ts'
import type { Simulation } from '../simulation.ts'

export type Delivery = { readonly message: string; isSettled: boolean }

export class Queue {
  readonly #messages: string[]
  readonly #attempts = new Map<string, number>()

  constructor(simulation: Simulation, messages: readonly string[]) {
    this.#messages = [...messages]
    simulation.state(() => mix(digestOf(this.#messages), digestOf(this.#attempts)))
  }

  receive(process: Process): Promise<Delivery> {
    const take = (): Delivery => {
      const message = this.#messages.shift() ?? ''
      this.#attempts.set(message, (this.#attempts.get(message) ?? 0) + 1)
      return { message, isSettled: false }
    }
    const takeCopy = (): Delivery => {
      const delivery = take()
      this.#messages.unshift(delivery.message)
      return delivery
    }
    return process.operation<Delivery>({
      kind: 'receive',
      resource: 'queue',
      access: 'write',
      idle: true,
      guard: () => this.#messages.length > 0,
      effect: take,
      faults: [{ spends: 'duplicates', effect: takeCopy }],
      offers: () => this.#messages[0],
      opens: ({ message }) => `${message}#${this.#attempts.get(message)}`,
      detail: () => this.#messages.length,
    })
  }

  /** A lost acknowledgement brings the message back, after the others. */
  acknowledge(process: Process, delivery: Delivery): Promise<void> {
    return process.operation<void>({
      kind: 'acknowledge',
      resource: 'queue',
      access: 'write',
      effect: () => {
        delivery.isSettled = true
      },
      faults: [{ spends: 'lostAcks', effect: () => this.#giveBack(delivery, 'push') }],
      closes: true,
    })
  }

  /** Hands deliveries to `handle`, one at a time, for ever. */
  async consume(process: Process, handle: (delivery: Delivery) => Promise<void>): Promise<void> {
    for (;;) {
      const delivery = await this.receive(process)
      process.onCrash(() => this.#giveBack(delivery, 'unshift'))
      await handle(delivery)
      if (!delivery.isSettled) await this.acknowledge(process, delivery)
    }
  }

  #giveBack(delivery: Delivery, how: 'push' | 'unshift'): void {
    if (!delivery.isSettled) this.#messages[how](delivery.message)
    delivery.isSettled = true
  }
}

export class Table {
  readonly #rows = new Map<string, number>()

  constructor(simulation: Simulation, rows: Readonly<Record<string, number>> = {}) {
    for (const [key, value] of Object.entries(rows)) this.#rows.set(key, value)
    simulation.state(() => {
      let sum = 0
      for (const [key, value] of this.#rows) sum = join(sum, mix(digestOfText(key), value))
      return sum
    })
  }

  /** What is stored; 0 where nothing is. */
  get(key: string): number {
    return this.#rows.get(key) ?? 0
  }

  set(key: string, value: number): void {
    this.#rows.set(key, value)
  }

  read(process: Process, key: string): Promise<number> {
    const effect = (): number => this.get(key)
    return process.operation({ kind: 'read', resource: key, access: 'read', effect })
  }

  write(process: Process, key: string, value: number): Promise<void> {
    const effect = (): void => this.set(key, value)
    return process.operation({ kind: 'write', resource: key, access: 'write', effect })
  }

  /** Adds 1 at once. Resolves with the sum. */
  increment(process: Process, key: string): Promise<number> {
    const effect = (): number => {
      this.set(key, this.get(key) + 1)
      return this.get(key)
    }
    return process.operation({ kind: 'increment', resource: key, access: 'write', effect })
  }

  /** Writes if `key` holds `expected`; resolves with whether it did. */
  compareAndSet(process: Process, key: string, change: Change): Promise<boolean> {
    const effect = (): boolean => {
      const fits = this.get(key) === change.expected
      if (fits) this.set(key, change.value)
      return fits
    }
    return process.operation({ kind: 'compare and set', resource: key, access: 'write', effect })
  }
}

export type Change = { readonly expected: number; readonly value: number }
