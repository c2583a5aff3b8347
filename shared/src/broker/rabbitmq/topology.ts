// What has to exist inside RabbitMQ, and making it exist again: after a reconnect to a broker that
// has forgotten, or under a consumer whose queue was deleted. It remembers what this process
// declared; what only other processes declared it cannot restore.

import type { Channel, ChannelModel, Options } from 'amqplib'
import {
  deadLetterQueue,
  type QueueSpec,
  type Topology as TopologySpec,
  TopologyMismatch,
  Unroutable,
} from '../broker.ts'
import { defaultDeliveryLimit } from '../limits.ts'
import { notFound, onOwnChannel, preconditionFailed, replyCode } from './channels.ts'
import { brokerDeadLetterKey, isDeadLetterQueue, type Names, routingKey } from './names.ts'

/** Where a dead letter is handed out again and again, there is no further queue to put it in. */
const noDeliveryLimit = 1_000_000_000
const maxUnrouted = 1000

type Binding = TopologySpec['bindings'][number]

export class Topology {
  readonly #names: Names
  readonly #queues = new Map<string, number>()
  readonly #bindings = new Map<string, Binding>()

  constructor(names: Names) {
    this.#names = names
  }

  /** How often a message of `queue` is handed out. A process that has not declared the queue
   *  does not know, and takes the default; the broker itself counts by what was declared. */
  deliveryLimit(queue: string): number {
    if (isDeadLetterQueue(queue)) return noDeliveryLimit
    return this.#queues.get(queue) ?? defaultDeliveryLimit
  }

  knows(queue: string): boolean {
    return this.#queues.has(queue)
  }

  /** The queues that were declared here, with those of their dead letters. */
  get queues(): readonly string[] {
    return [...this.#queues.keys()].flatMap((name) => [name, deadLetterQueue(name)])
  }

  async declare(model: ChannelModel, { queues, bindings }: TopologySpec): Promise<void> {
    const specs = queues.map(checkedSpec)
    for (const { event } of bindings) routingKey({ event })
    await onOwnChannel(model, (channel) => this.#declareExchanges(channel))
    for (const spec of specs) await this.#refuseMismatch(model, spec)
    for (const { queue, event } of bindings) {
      if (specs.some(({ name }) => name === queue) || (await this.exists(model, queue))) continue
      throw new Unroutable(
        `expected the queue ${queue} to exist before ${event} is bound to it. Declare it as well`,
      )
    }
    await onOwnChannel(model, async (channel) => {
      for (const { name, deliveryLimit } of specs) {
        await this.#declareQueue(channel, name, deliveryLimit)
        this.#queues.set(name, deliveryLimit)
      }
      for (const binding of bindings) {
        await this.#bind(channel, binding)
        this.#bindings.set(JSON.stringify([binding.event, binding.queue]), binding)
      }
    })
  }

  /** Makes everything again that this process declared. What does not fit any more is left as it
   *  is. */
  async restore(model: ChannelModel): Promise<void> {
    await onOwnChannel(model, (channel) => this.#declareExchanges(channel))
    for (const queue of this.#queues.keys()) await this.restoreQueue(model, queue)
  }

  /** Makes `queue` again, where this process declared it. */
  async restoreQueue(model: ChannelModel, queue: string): Promise<void> {
    const name = isDeadLetterQueue(queue) ? queue.slice(0, -deadLetterQueue('').length) : queue
    const deliveryLimit = this.#queues.get(name)
    if (deliveryLimit === undefined) return
    try {
      await onOwnChannel(model, async (channel) => {
        await this.#declareExchanges(channel)
        await this.#declareQueue(channel, name, deliveryLimit)
        for (const binding of this.#bindings.values()) {
          if (binding.queue === name) await this.#bind(channel, binding)
        }
      })
    } catch (error) {
      if (replyCode(error) !== preconditionFailed) throw error
    }
  }

  async exists(model: ChannelModel, queue: string): Promise<boolean> {
    try {
      await onOwnChannel(model, (channel) => channel.checkQueue(this.#names.queue(queue)))
      return true
    } catch (error) {
      if (replyCode(error) === notFound) return false
      throw error
    }
  }

  /** Deletes everything of this namespace that this process declared. */
  async drop(model: ChannelModel): Promise<void> {
    const { exchange, due, unrouted } = this.#names
    await onOwnChannel(model, async (channel) => {
      for (const queue of this.queues) await channel.deleteQueue(this.#names.queue(queue))
      await channel.deleteQueue(unrouted)
      for (const name of [exchange, due, unrouted]) await channel.deleteExchange(name)
    })
  }

  async #declareExchanges(channel: Channel): Promise<void> {
    const { exchange, due, unrouted } = this.#names
    await channel.assertExchange(unrouted, 'fanout', { durable: true })
    await channel.assertQueue(unrouted, {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-max-length': maxUnrouted },
    })
    await channel.bindQueue(unrouted, unrouted, '')
    await channel.assertExchange(exchange, 'direct', { durable: true })
    // At-least-once dead-lettering would hold on for ever to what it cannot route, and with 32 of
    // them hold everything else up: an event that nobody wants has to end somewhere.
    await channel.assertExchange(due, 'direct', { durable: true, alternateExchange: unrouted })
  }

  /** Throws where `name` exists with other settings. Creates nothing. */
  async #refuseMismatch(model: ChannelModel, { name, deliveryLimit }: Checked): Promise<void> {
    for (const queue of [name, deadLetterQueue(name)]) {
      if (!(await this.exists(model, queue))) continue
      const options = this.#options(queue, deliveryLimit)
      try {
        await onOwnChannel(model, (channel) =>
          channel.assertQueue(this.#names.queue(queue), options),
        )
      } catch (error) {
        if (replyCode(error) !== preconditionFailed) throw error
        throw new TopologyMismatch(
          `expected the queue ${queue} to have been declared with the delivery limit ` +
            `${deliveryLimit}, it exists with other settings. Declare it as it is, or delete it first`,
          { cause: error },
        )
      }
    }
  }

  async #declareQueue(channel: Channel, name: string, deliveryLimit: number): Promise<void> {
    const dead = deadLetterQueue(name)
    // The dead letters' queue comes first: what can fail must not have nowhere to go.
    for (const queue of [dead, name]) {
      const full = this.#names.queue(queue)
      await channel.assertQueue(full, this.#options(queue, deliveryLimit))
      await this.#bindBoth(channel, full, routingKey({ queue }))
    }
    const key = brokerDeadLetterKey(name, deliveryLimit)
    await channel.bindQueue(this.#names.queue(dead), this.#names.exchange, key)
  }

  #options(queue: string, deliveryLimit: number): Options.AssertQueue {
    const quorum = { 'x-queue-type': 'quorum', 'x-overflow': 'reject-publish' }
    if (isDeadLetterQueue(queue)) {
      return { durable: true, arguments: { ...quorum, 'x-delivery-limit': noDeliveryLimit } }
    }
    return {
      durable: true,
      arguments: {
        ...quorum,
        // RabbitMQ hands a message out once more than this says.
        'x-delivery-limit': deliveryLimit - 1,
        'x-dead-letter-exchange': this.#names.exchange,
        'x-dead-letter-routing-key': brokerDeadLetterKey(queue, deliveryLimit),
        'x-dead-letter-strategy': 'at-least-once',
      },
    }
  }

  #bind(channel: Channel, { event, queue }: Binding): Promise<void> {
    return this.#bindBoth(channel, this.#names.queue(queue), routingKey({ event }))
  }

  async #bindBoth(channel: Channel, queue: string, key: string): Promise<void> {
    for (const exchange of [this.#names.exchange, this.#names.due]) {
      await channel.bindQueue(queue, exchange, key)
    }
  }
}

type Checked = Required<QueueSpec>

function checkedSpec({ name, deliveryLimit = defaultDeliveryLimit }: QueueSpec): Checked {
  if (isDeadLetterQueue(name)) {
    throw new TypeError(`expected the name of a queue, got the one of its dead letters, "${name}"`)
  }
  routingKey({ queue: name })
  if (!Number.isInteger(deliveryLimit) || deliveryLimit < 1 || deliveryLimit > 1000) {
    throw new RangeError(
      `expected a deliveryLimit of 1 to 1000 for the queue ${name}, got ${deliveryLimit}`,
    )
  }
  return { name, deliveryLimit }
}
