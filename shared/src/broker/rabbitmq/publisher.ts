// Publishing with confirms, on a connection of its own: what blocks publishers must not block
// consumers. A bounded number of messages is on the wire, a bounded number waits behind them, and
// each publish settles in time. Nothing is sent twice by itself: who gets an `Unknown` decides.
//
// A channel that dies makes every publish on the wire `Unknown`, also those that it had stored.

import {
  type ChannelModel,
  type ConfirmChannel,
  IllegalOperationError,
  type Message,
} from 'amqplib'
import { Unavailable, within } from '../../world/index.ts'
import { closeChannel, keepOpen, openConfirmChannel, type Session } from './channels.ts'
import type { Connection } from './connection.ts'
import { Fifo } from './fifo.ts'
import type { Settings } from './options.ts'
import { type Parcel, PendingPublish } from './pending-publish.ts'

/** Bodies on the wire at once, in all: 256 of the largest would be too much to hold in memory. */
const windowBytes = 16 * 1024 * 1024

export type PublisherOptions = {
  readonly connection: Connection
  readonly settings: Settings
  /** Makes what publishing relies on, before a channel is used: to publish to an exchange that
   *  is not there closes the channel. */
  prepare(model: ChannelModel): Promise<void>
}

export class Publisher {
  readonly #options: PublisherOptions
  readonly #waiting = new Fifo<PendingPublish>()
  readonly #onWire = new Set<PendingPublish>()
  readonly #ending = new AbortController()
  readonly #emptied = new Set<() => void>()
  #bytesOnWire = 0
  #channel: ConfirmChannel | undefined

  private constructor(options: PublisherOptions) {
    this.#options = options
  }

  static async open(options: PublisherOptions): Promise<Publisher> {
    const { connection, settings } = options
    const publisher = new Publisher(options)
    const model = await connection.ready(settings.requestTimeoutMs)
    const first = await within(settings.requestTimeoutMs, publisher.#open(model), 'a channel')
    connection.onUnblocked(() => publisher.#pump())
    // It never rejects, and ends with this publisher.
    void keepOpen({
      ...options,
      what: 'the publisher',
      signal: publisher.#ending.signal,
      first,
      open: (again) => publisher.#open(again),
    })
    return publisher
  }

  publish(parcel: Parcel): Promise<void> {
    const { maxWaiting, publishTimeoutMs } = this.#options.settings
    const refusal = this.#refusal(maxWaiting)
    if (refusal) return Promise.reject(new Unavailable(refusal))
    const pending = new PendingPublish(parcel, publishTimeoutMs)
    this.#waiting.push(pending)
    this.#pump()
    return pending.outcome
  }

  /** Takes no more, and settles what it has within `drainMs`. */
  async close(drainMs: number): Promise<void> {
    this.#ending.abort()
    if (this.#channel) {
      try {
        await within(drainMs, this.#empty(), 'the confirms')
      } catch {
        // What is left is failed below, which tells its callers.
      }
    }
    this.abandon('the broker was closed')
  }

  /** Settles everything at once: nothing that is on its way is waited for. */
  abandon(why: string): void {
    this.#ending.abort()
    this.#channel = undefined
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      next.fail(new Error(why))
    }
    for (const pending of this.#onWire) pending.fail(new Error(why))
    this.#emptiedNow()
  }

  #refusal(maxWaiting: number): string | undefined {
    if (this.#ending.signal.aborted) return 'expected an open broker, this one is closed'
    this.#waiting.dropWhile((pending) => pending.isSettled)
    if (this.#waiting.size < maxWaiting + this.#freePlaces()) return undefined
    return (
      `expected at most ${maxWaiting} publishes to wait for RabbitMQ, got one more. ` +
      'It was not sent: await publishes, or publish less at once'
    )
  }

  /** So many of those that wait are about to be sent. */
  #freePlaces(): number {
    return this.#channel ? Math.max(0, this.#options.settings.window - this.#onWire.size) : 0
  }

  async #open(model: ChannelModel): Promise<Session> {
    await this.#options.prepare(model)
    const channel = await openConfirmChannel(model)
    channel.on('return', (message) => this.#returned(message))
    const ended = new Promise<void>((resolve) => {
      // Before amqplib fails what was on the wire: each failure makes room, and nothing more may be
      // sent on this channel then.
      channel.prependOnceListener('close', () => {
        if (this.#channel === channel) this.#channel = undefined
        if (this.#ending.signal.aborted) this.abandon('the connection was lost while closing')
        resolve()
      })
    })
    if (!this.#ending.signal.aborted) this.#channel = channel
    this.#pump()
    return {
      ended,
      drop: () => {
        if (this.#channel === channel) this.#channel = undefined
        // Nobody waits for it, and it cannot fail.
        void closeChannel(channel)
      },
    }
  }

  #pump(): void {
    while (this.#channel && !this.#options.connection.isBlocked && this.#hasPlace()) {
      const pending = this.#waiting.shift()
      if (!pending) break
      if (!pending.isSettled) this.#send(this.#channel, pending)
    }
    if (this.#onWire.size === 0 && this.#waiting.size === 0) {
      this.#emptiedNow()
    }
  }

  #emptiedNow(): void {
    for (const resolve of this.#emptied) resolve()
    this.#emptied.clear()
  }

  #hasPlace(): boolean {
    const { size } = this.#onWire
    return size < this.#options.settings.window && (size === 0 || this.#bytesOnWire < windowBytes)
  }

  #send(channel: ConfirmChannel, pending: PendingPublish): void {
    const { exchange, routingKey, content, properties } = pending.parcel
    this.#onWire.add(pending)
    this.#bytesOnWire += content.length
    try {
      channel.publish(exchange, routingKey, content, properties, (error: unknown) => {
        this.#leftWire(pending)
        pending.confirmed(error)
        this.#pump()
      })
      pending.sent()
    } catch (error) {
      // amqplib throws before it writes: nothing of it was sent.
      this.#leftWire(pending)
      if (error instanceof RangeError || error instanceof TypeError) pending.refuse(error)
      else pending.fail(error)
      if (error instanceof IllegalOperationError) this.#channel = undefined
    }
  }

  #leftWire(pending: PendingPublish): void {
    if (this.#onWire.delete(pending)) this.#bytesOnWire -= pending.parcel.content.length
  }

  /** Returns come in the order of publishing, each before the confirm of its message. */
  #returned({ fields, properties }: Message): void {
    for (const pending of this.#onWire) {
      const { parcel, isReturned } = pending
      if (isReturned || parcel.routingKey !== fields.routingKey) continue
      if (parcel.properties.messageId !== properties.messageId) continue
      if (parcel.exchange !== fields.exchange) continue
      pending.isReturned = true
      return
    }
  }

  /** Resolves once nothing waits and nothing is on the wire. */
  #empty(): Promise<void> {
    if (this.#onWire.size === 0 && this.#waiting.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#emptied.add(resolve))
  }
}
