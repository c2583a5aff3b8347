// One publish on its way: what is sent, and the promise of its outcome. It settles once, in time,
// and says the truth about what it knows: before it was on the wire it certainly had no effect.

import type { Options } from 'amqplib'
import { TooLarge, Unavailable, Unknown } from '../../world/index.ts'
import { Unroutable } from '../broker.ts'
import { reasonOf } from './url.ts'

export type Parcel = {
  readonly exchange: string
  readonly routingKey: string
  readonly content: Buffer
  readonly properties: Options.Publish
}

export class PendingPublish {
  readonly parcel: Parcel
  readonly outcome: Promise<void>
  /** Whether the broker has said that it has no queue for it. Its confirm follows. */
  isReturned = false
  #isOnWire = false
  #isSettled = false
  readonly #resolve: () => void
  readonly #reject: (error: Error) => void
  readonly #deadline: NodeJS.Timeout

  constructor(parcel: Parcel, timeoutMs: number) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.parcel = parcel
    this.outcome = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#deadline = setTimeout(() => {
      this.fail(new Error(`no confirm came within ${timeoutMs} ms`))
    }, timeoutMs)
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** From here on nobody knows what became of it, until the broker says so. */
  sent(): void {
    this.#isOnWire = true
  }

  /** The broker has answered. Without an error it holds the message, or has returned it. */
  confirmed(error: unknown): void {
    if (error) this.fail(error)
    else if (this.isReturned) this.#settle(this.#unroutable())
    else this.#settle()
  }

  /** No answer is to be expected any more. */
  fail(cause: unknown): void {
    const what = `${this.#what}: ${reasonOf(cause)}`
    this.#settle(
      this.#isOnWire
        ? new Unknown(
            `expected RabbitMQ to confirm ${what}. It may hold it: publish it again with the same id`,
            { cause },
          )
        : new Unavailable(`expected to send ${what}. It was not sent: publish it again`, { cause }),
    )
  }

  /** It cannot be written down in AMQP, and was not sent. */
  refuse(cause: RangeError | TypeError): void {
    const message = `expected headers that fit into one frame, got more in ${this.#what}`
    const isTooLarge = cause instanceof RangeError
    this.#settle(isTooLarge ? new TooLarge('maxHeaderBytes', message, { cause }) : cause)
  }

  get #what(): string {
    const { properties, routingKey } = this.parcel
    return `the message ${properties.messageId} to ${routingKey}`
  }

  #unroutable(): Unroutable {
    return new Unroutable(
      `expected a queue for ${this.#what}, there is none. Declare it before it is published to`,
    )
  }

  #settle(error?: Error): void {
    if (this.#isSettled) return
    this.#isSettled = true
    clearTimeout(this.#deadline)
    if (error) this.#reject(error)
    else this.#resolve()
  }
}
