// The embedded broker: durable queues in one SQLite file, shared by the processes of one machine.
// Leases instead of locks: what a dead process held is handed out again when its leases end, at
// most `leaseMs` and a third after it died.
//
// Not promised: order of publishing by several processes at once, or a file on a network drive.

import { join } from 'node:path'
import { checkWire, type WireMessage } from '../../message/index.ts'
import { type Database, GroupCommit, openDatabase, whenUnlocked } from '../../sqlite/index.ts'
import { Unavailable } from '../../world/index.ts'
import {
  type Address,
  type Broker,
  type BrokerFeatures,
  type BrokerState,
  type Consumer,
  type ConsumeOptions,
  deadLetterQueue,
  type Handle,
  type PublishOptions,
  type StopOptions,
  type Topology,
} from '../broker.ts'
import { checkDelay, checkTopology, checkWithin } from '../limits.ts'
import { ChangePoll } from './change-poll.ts'
import { SqliteConsumer } from './consumer.ts'
import { Desk } from './desk.ts'
import { LeaseTrust } from './lease-trust.ts'
import { Leases } from './leases.ts'
import { Messages } from './messages.ts'
import { Queues } from './queues.ts'
import { schema } from './schema.ts'
import { Window } from './window.ts'

/** How many publishes wait for the disk at once. The others wait before it. */
const publishWindow = 500
/** So many who have published or settled go on in one turn of the event loop: little is left to do
 *  for them. */
const perTurn = 16

export type SqliteBrokerOptions = {
  /** Where the file is, `broker.sqlite`. Made where it does not exist. */
  readonly directory: string
  /** How long this process may be silent before what it holds is handed to others: 100 or more,
   *  10 000 by default. Longer than anything that blocks its event loop. */
  readonly leaseMs?: number
  /** How often leases are renewed, in whole milliseconds. Default: a third of `leaseMs`. */
  readonly renewMs?: number
  /** How soon what another process published is noticed: 1 or more, 50 by default. */
  readonly pollMs?: number
}

export type SqliteBrokerParts = Omit<SqliteBrokerOptions, 'directory'> & {
  /** A connection of its own, with the tables of `schema`. The broker closes it. */
  readonly database: Database
}

/** Opens the broker of `directory`. Throws an Error that names the file when it cannot be
 *  opened. */
export function sqliteBroker({ directory, ...rest }: SqliteBrokerOptions): SqliteBroker {
  const leaseMs = checkWithin('leaseMs', rest.leaseMs ?? 10_000, [100, 3_600_000])
  checkWithin('pollMs', rest.pollMs ?? 50, [1, 3_600_000])
  if (rest.renewMs !== undefined) checkWithin('renewMs', rest.renewMs, [1, 3_600_000])
  const database = openDatabase({ file: join(directory, 'broker.sqlite'), schema })
  return new SqliteBroker({ ...rest, leaseMs, database })
}

export class SqliteBroker implements Broker {
  readonly features: BrokerFeatures = { ordered: true, releaseIsFree: true, durable: true }
  readonly #database: Database
  readonly #group: GroupCommit
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #desk: Desk
  readonly #poll: ChangePoll
  readonly #window = new Window(publishWindow)
  readonly #consumers = new Set<SqliteConsumer>()
  #closing: Promise<void> | undefined
  #state: 'open' | 'closing' | 'closed' = 'open'

  constructor(parts: SqliteBrokerParts) {
    const { database, leaseMs = 10_000, renewMs = leaseMs / 3, pollMs = 50 } = parts
    this.#database = database
    this.#group = new GroupCommit(database, { perTurn })
    this.#queues = new Queues(database)
    this.#messages = new Messages(database)
    const trust = new LeaseTrust({ everyMs: pollMs, renewMs })
    this.#desk = new Desk({
      group: this.#group,
      leases: new Leases(database, this.#queues),
      messages: this.#messages,
      trust,
      leaseMs,
      renewMs,
      onReturn: (queue) => this.#wake([queue, deadLetterQueue(queue)]),
    })
    this.#poll = new ChangePoll({
      database,
      everyMs: pollMs,
      onTick: () => trust.observe(Date.now()),
      onChange: () => this.#wake(),
    })
  }

  get state(): BrokerState {
    return { kind: this.#state === 'open' ? 'ready' : 'closed' }
  }

  async declare(topology: Topology): Promise<void> {
    checkTopology(topology)
    this.#expectOpen()
    await this.#group.run(() => this.#queues.declare(topology))
  }

  async publish(to: Address, message: WireMessage, options: PublishOptions = {}): Promise<void> {
    checkWire(message)
    const delayMs = checkDelay(options.delayMs ?? 0)
    if (this.#state === 'closed') throw closed()
    const delay = delayMs > 0 ? { nowMs: Date.now(), delayMs } : undefined
    const queues = await this.#window.run(() =>
      this.#group.run(() => {
        const routed = this.#queues.route(to)
        for (const queue of routed) this.#messages.add(queue, message, delay)
        return routed
      }),
    )
    this.#wake(queues)
  }

  async consume(queue: string, handle: Handle, options: ConsumeOptions = {}): Promise<Consumer> {
    const prefetch = checkWithin('prefetch', options.prefetch ?? 10, [1, 1000])
    await this.#read(() => this.#queues.deliveryLimitOf(queue))
    this.#expectOpen()
    const consumer = new SqliteConsumer({
      desk: this.#desk,
      queue,
      handle,
      prefetch,
      onSettled: options.onSettled,
      onStopped: (stopped) => this.#leave(stopped),
    })
    this.#consumers.add(consumer)
    this.#poll.start()
    consumer.look()
    return consumer
  }

  async peek(queue: string, limit: number): Promise<readonly WireMessage[]> {
    checkWithin('limit', limit, [1, 1000])
    return this.#read(() => {
      this.#queues.deliveryLimitOf(queue)
      return this.#messages.peek({ queue, nowMs: Date.now() }, limit)
    })
  }

  async count(queue: string): Promise<number> {
    return this.#read(() => {
      this.#queues.deliveryLimitOf(queue)
      return this.#messages.count({ queue, nowMs: Date.now() })
    })
  }

  close(options: StopOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** What a killed process does, for tests: settles nothing, finishes nothing, and lets go of the
   *  file. Handlers that are running have no effect any more. Not part of the contract. */
  abandon(): void {
    this.#state = 'closed'
    this.#closing ??= Promise.resolve()
    for (const consumer of this.#consumers) consumer.abandon()
    this.#consumers.clear()
    this.#poll.stop()
    this.#desk.stop()
    this.#group.abandon()
    this.#database.close()
  }

  async #close(options: StopOptions): Promise<void> {
    this.#state = 'closing'
    // Publishing goes on until the last handler is done: it may have something to say.
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop(options)))
    this.#state = 'closed'
    await this.#window.idle()
    await this.#group.close()
    this.#poll.stop()
    this.#desk.stop()
    this.#database.close()
  }

  #wake(queues?: readonly string[]): void {
    for (const consumer of this.#consumers) {
      if (!queues || queues.includes(consumer.queue)) consumer.look()
    }
  }

  #leave(consumer: SqliteConsumer): void {
    this.#consumers.delete(consumer)
    if (this.#consumers.size === 0) this.#poll.stop()
  }

  #read<T>(work: () => T): Promise<T> {
    return whenUnlocked(() => {
      this.#expectOpen()
      return work()
    })
  }

  #expectOpen(): void {
    if (this.#state !== 'open') throw closed()
  }
}

function closed(): Unavailable {
  return new Unavailable('expected an open broker, got one that is closed. Open another')
}
