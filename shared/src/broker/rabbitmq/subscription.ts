// One channel with one consumer on it. What is delivered on it is settled on it, once, or not at
// all: when the channel is gone the broker has taken everything back, and settling says so.

import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import { Acks } from './acks.ts'
import { closeChannel, openChannel, type Session } from './channels.ts'

export type SubscribeOptions = {
  /** The queue's name in RabbitMQ. */
  readonly queue: string
  readonly prefetch: number
  onMessage(message: ConsumeMessage, subscription: Subscription): void
  /** Everything that was delivered and is not settled is the broker's again. */
  onEnd(subscription: Subscription): void
}

export class Subscription implements Session {
  readonly ended: Promise<void>
  readonly #channel: Channel
  readonly #options: SubscribeOptions
  readonly #end = Promise.withResolvers<void>()
  readonly #acks: Acks
  #isAlive = true
  #tag = ''

  private constructor(channel: Channel, options: SubscribeOptions) {
    this.#channel = channel
    this.#options = options
    this.ended = this.#end.promise
    this.#acks = new Acks((message, allUpTo) => {
      this.#settle(() => channel.ack(message, allUpTo))
    })
    channel.once('close', () => this.#lost())
  }

  static async open(model: ChannelModel, options: SubscribeOptions): Promise<Subscription> {
    const channel = await openChannel(model)
    const subscription = new Subscription(channel, options)
    try {
      await channel.prefetch(options.prefetch)
      const { consumerTag } = await channel.consume(options.queue, (message) => {
        // The queue was deleted, or the broker has cancelled the consumer. The channel would stay
        // open, with nothing coming from it any more.
        if (message === null) subscription.drop()
        else if (subscription.#isAlive) {
          subscription.#acks.delivered(message)
          options.onMessage(message, subscription)
        }
      })
      subscription.#tag = consumerTag
    } catch (error) {
      subscription.drop()
      throw error
    }
    return subscription
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** Each of these gives false where the broker has taken the message back. True is no proof
   *  that the broker heard it: it may have hung up, and the message then comes again. */
  ack(message: ConsumeMessage): boolean {
    if (this.#isAlive) this.#acks.ack(message)
    return this.#isAlive
  }

  /** Gives it back as failed. */
  reject(message: ConsumeMessage, requeue = true): boolean {
    this.#acks.settled(message)
    return this.#settle(() => this.#channel.reject(message, requeue))
  }

  /** Gives it back as not failed, which RabbitMQ tells from a failure since 4.3. */
  release(message: ConsumeMessage): boolean {
    this.#acks.settled(message)
    return this.#settle(() => this.#channel.nack(message, false, true))
  }

  /** Resolves once the broker delivers nothing more. What is in flight stays so. */
  async cancel(): Promise<void> {
    if (this.#isAlive) await this.#channel.cancel(this.#tag)
  }

  /** Resolves once the broker has done everything that was settled, and taken back the rest. */
  async close(): Promise<void> {
    if (!this.#isAlive) return
    this.#acks.flush()
    const closed = closeChannel(this.#channel)
    this.#lost()
    await closed
  }

  drop(): void {
    // Nobody waits for it, and it cannot fail.
    void this.close()
  }

  #settle(send: () => void): boolean {
    if (!this.#isAlive) return false
    try {
      send()
      return true
    } catch {
      return false
    }
  }

  #lost(): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#options.onEnd(this)
    this.#end.resolve()
  }
}
