// What an outcome means to RabbitMQ. What it has no word for (later, and why) is published again
// with a confirm, and only then acknowledged: a death in between makes a duplicate, never a loss.

import type { ConsumeMessage } from 'amqplib'
import type { WireMessage } from '../../message/index.ts'
import { TooLarge } from '../../world/index.ts'
import { deadLetterQueue, type Outcome, type Settled } from '../broker.ts'
import { deathHeaders, shortened } from '../dead-letter.ts'
import type { Carried } from './amqp-message.ts'
import { isDeadLetterQueue } from './names.ts'
import type { Subscription } from './subscription.ts'

export type ToSettle = {
  readonly subscription: Subscription
  /** As amqplib knows it. */
  readonly raw: ConsumeMessage
  readonly message: WireMessage
  readonly queue: string
  readonly attempt: number
}

export type SettlementOptions = {
  deliveryLimit(queue: string): number
  releaseIsFree(): boolean
  /** Publishes again, into a queue, with a confirm. */
  move(queue: string, message: WireMessage, options: MoveOptions): Promise<void>
  /** Told of what could not be moved. It is handed out again. */
  onFailure(error: unknown): void
}

export type MoveOptions = { readonly delayMs?: number; readonly carried?: Carried }

/** A dead letter that is dead-lettered again has nowhere to go, and must not spin. */
const deadAgainMs = 1000

export class Settlement {
  readonly #options: SettlementOptions

  constructor(options: SettlementOptions) {
    this.#options = options
  }

  async settle(delivery: ToSettle, outcome: Outcome): Promise<Settled> {
    const { subscription, raw } = delivery
    // The broker has taken it back: whatever is done for it now would be done twice.
    if (!subscription.isAlive) return 'lost'
    switch (outcome.kind) {
      case 'ack':
        return subscription.ack(raw) ? 'acked' : 'lost'
      case 'release':
        return this.#release(delivery)
      case 'dead-letter':
        return this.deadLetter(delivery, outcome.reason)
      case 'retry':
        return this.#retry(delivery, outcome)
    }
  }

  async deadLetter(delivery: ToSettle, reason: string): Promise<Settled> {
    const { message, queue, attempt, subscription } = delivery
    if (!subscription.isAlive) return 'lost'
    const death = { queue, attempts: attempt, reason, atMs: Date.now() }
    const headers = { ...message.headers, ...deathHeaders(death) }
    const isDeadAlready = isDeadLetterQueue(queue)
    const target = isDeadAlready ? queue : deadLetterQueue(queue)
    const letter = { ...message, headers: isDeadAlready ? message.headers : headers }
    const options = isDeadAlready ? { delayMs: deadAgainMs, carried: { attempts: attempt } } : {}
    return this.#move(delivery, { to: target, letter, options, as: 'deadLettered' })
  }

  async #retry(
    delivery: ToSettle,
    { delayMs, reason }: { readonly delayMs: number; readonly reason: string },
  ): Promise<Settled> {
    const { subscription, raw, queue, attempt, message } = delivery
    if (attempt >= this.#options.deliveryLimit(queue)) return this.deadLetter(delivery, reason)
    if (delayMs <= 0) return subscription.reject(raw) ? 'retried' : 'lost'
    return this.#move(delivery, {
      to: queue,
      letter: message,
      options: { delayMs, carried: { attempts: attempt, reason: shortened(reason) } },
      as: 'retried',
    })
  }

  async #release(delivery: ToSettle): Promise<Settled> {
    const { subscription, raw, queue, attempt, message } = delivery
    const isLast = attempt >= this.#options.deliveryLimit(queue)
    if (this.#options.releaseIsFree() || !isLast) {
      return subscription.release(raw) ? 'released' : 'lost'
    }
    // The broker would count it, find the limit reached, and make a dead letter of what did not
    // fail.
    return this.#move(delivery, {
      to: queue,
      letter: message,
      options: { carried: { attempts: attempt - 1 } },
      as: 'released',
    })
  }

  async #move(delivery: ToSettle, { to, letter, options, as }: Move): Promise<Settled> {
    const { subscription, raw, queue } = delivery
    try {
      await this.#options.move(to, letter, options)
    } catch (error) {
      this.#options.onFailure(error)
      // Where the headers leave no room for a reason, the broker itself moves it, without one.
      const isLeftToBroker = error instanceof TooLarge && to !== queue
      if (isLeftToBroker) return subscription.reject(raw, false) ? as : 'lost'
      if (as === 'released') return subscription.release(raw) ? as : 'lost'
      return subscription.reject(raw) ? 'retried' : 'lost'
    }
    return subscription.ack(raw) ? as : 'lost'
  }
}

type Move = {
  readonly to: string
  readonly letter: WireMessage
  readonly options: MoveOptions
  readonly as: Settled
}
