// Load: several publishers that do not give up. What was not confirmed is published again with the
// same id, as an outbox would, so that every message is confirmed in the end.

import { setTimeout as timer } from 'node:timers/promises'
import type { Broker } from '../../../shared/src/broker/broker.ts'
import { Unavailable, Unknown } from '../../../shared/src/world/index.ts'
import { aMessage, orders } from './fault-case.ts'

const publishers = 40
const betweenAttemptsMs = 10
/** So many attempts last longer than any fault of these tests. */
const maxAttempts = 3000
/** Nobody needs more, and a queue must not grow without a bound. */
const maxMessages = 50_000

export class Load {
  readonly #broker: Broker
  readonly #workers: readonly Promise<void>[]
  readonly confirmed = new Set<string>()
  #next = 0
  #isStopped = false
  /** Publishes that ended with nobody knowing. */
  unknown = 0
  unavailable = 0

  constructor(broker: Broker) {
    this.#broker = broker
    this.#workers = Array.from({ length: publishers }, () => this.#work())
  }

  /** Resolves once everything that was begun is confirmed. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#workers)
  }

  async #work(): Promise<void> {
    while (!this.#isStopped && this.#next < maxMessages) {
      this.#next += 1
      await this.#publish(`order-${this.#next}`)
    }
  }

  async #publish(id: string): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      try {
        await this.#broker.publish(orders, aMessage(id))
        this.confirmed.add(id)
        return
      } catch (error) {
        if (error instanceof Unknown) this.unknown += 1
        else if (error instanceof Unavailable) this.unavailable += 1
        else throw error
        await timer(betweenAttemptsMs)
      }
    }
    throw new Error(`expected ${id} to be confirmed within ${maxAttempts} attempts`)
  }
}
