// The queues and bindings of a queue file. Every method is synchronous; the ones that write are
// meant to run inside a transaction.

import type { Database } from '../../sqlite/index.ts'
import {
  type Address,
  deadLetterQueue,
  type QueueSpec,
  type Topology,
  TopologyMismatch,
  Unroutable,
} from '../broker.ts'
import { defaultDeliveryLimit } from '../limits.ts'

type QueueRow = { readonly delivery_limit: number | null }

export class Queues {
  readonly #find
  readonly #add
  readonly #bind
  readonly #bound

  constructor(database: Database) {
    this.#find = database.prepare<[string], QueueRow>(
      'select delivery_limit from queue where name = ?',
    )
    this.#add = database.prepare<[string, number | null]>('insert into queue values (?, ?)')
    this.#bind = database.prepare<[string, string]>('insert or ignore into binding values (?, ?)')
    this.#bound = database
      .prepare<[string], string>('select queue from binding where event = ?')
      .pluck()
  }

  /** Throws before or after it has written something: the caller's transaction undoes it. */
  declare({ queues, bindings }: Topology): void {
    for (const spec of queues) this.#declareQueue(spec)
    for (const { event, queue } of bindings) {
      this.deliveryLimitOf(queue)
      this.#bind.run(event, queue)
    }
  }

  /** The queues that a message to `to` goes to. Throws `Unroutable` for an unknown queue. */
  route(to: Address): readonly string[] {
    if ('event' in to) return this.#bound.all(to.event)
    this.deliveryLimitOf(to.queue)
    return [to.queue]
  }

  /** How often a message of `queue` is handed out; undefined for as often as it takes. */
  deliveryLimitOf(queue: string): number | undefined {
    const row = this.#find.get(queue)
    if (row) return row.delivery_limit ?? undefined
    throw new Unroutable(`expected queue "${queue}" to exist. Declare it first`)
  }

  #declareQueue({ name, deliveryLimit = defaultDeliveryLimit }: QueueSpec): void {
    const existing = this.#find.get(name)
    if (!existing) {
      this.#add.run(name, deliveryLimit)
      this.#add.run(deadLetterQueue(name), null)
    } else if (existing.delivery_limit !== deliveryLimit) {
      throw new TopologyMismatch(
        `expected queue "${name}" to have the delivery limit ${deliveryLimit}, it has ` +
          `${existing.delivery_limit}. Declare what exists, or remove the queue first`,
      )
    }
  }
}
