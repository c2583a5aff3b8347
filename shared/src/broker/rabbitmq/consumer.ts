// A consumer that comes back: after a cut, a channel that the broker closed, a queue that was
// deleted and made again. Handlers that were running then finish, and what they decided is dropped
// and counted as lost: the broker hands the message out again.
//
// A settlement that counts as acked was sent; a broker that died at that moment has not heard it.

import type { ChannelModel, ConsumeMessage } from 'amqplib'
import type {
  Consumer,
  ConsumeOptions,
  ConsumerStats,
  Handle,
  Settled,
  StopOptions,
} from '../broker.ts'
import { outcomeOf } from '../outcome.ts'
import { FewPerTurn, within } from '../../world/index.ts'
import { type Arrived, fromAmqp } from './amqp-message.ts'
import { keepOpen } from './channels.ts'
import type { Connection } from './connection.ts'
import { InFlight } from './in-flight.ts'
import type { Settings } from './options.ts'
import type { Settlement } from './settlement.ts'
import { Subscription } from './subscription.ts'

const defaultDrainMs = 5000
/** So many handlers begin in one turn of the event loop. */
const perTurn = 8

export type ConsumerParts = {
  readonly connection: Connection
  readonly settings: Settings
  readonly settlement: Settlement
  readonly queue: string
  /** The queue's name in RabbitMQ. */
  readonly fullName: string
  readonly prefetch: number
  readonly handle: Handle
  readonly onSettled: ConsumeOptions['onSettled']
  deliveryLimit(): number
  /** Makes the queue again, where this process declared it. */
  restore(model: ChannelModel): Promise<void>
  onStopped(consumer: RabbitmqConsumer): void
}

type Work = {
  readonly subscription: Subscription
  readonly raw: ConsumeMessage
  readonly arrived: Arrived
  readonly abort: AbortController
}

export class RabbitmqConsumer implements Consumer {
  readonly #parts: ConsumerParts
  readonly #work: InFlight<Work>
  readonly #stopping = new AbortController()
  readonly #settled: Record<Settled, number>
  readonly #handingOut = new FewPerTurn(perTurn, () => this.#handOutOne())
  #delivered = 0
  #subscription: Subscription | undefined
  #stopped: Promise<void> | undefined

  private constructor(parts: ConsumerParts) {
    this.#parts = parts
    this.#work = new InFlight(parts.prefetch)
    this.#settled = { acked: 0, retried: 0, released: 0, deadLettered: 0, lost: 0 }
  }

  /** Subscribes once, and rejects where that fails; from then on it comes back by itself. */
  static async open(parts: ConsumerParts, model: ChannelModel): Promise<RabbitmqConsumer> {
    const consumer = new RabbitmqConsumer(parts)
    const first = await consumer.#subscribe(model)
    // It never rejects, and ends with this consumer.
    void keepOpen({
      ...parts,
      what: `the consumer of ${parts.queue}`,
      signal: consumer.#stopping.signal,
      first,
      open: async (again) => {
        await parts.restore(again)
        return consumer.#subscribe(again)
      },
    })
    return consumer
  }

  get inFlight(): number {
    return this.#work.size
  }

  get stats(): ConsumerStats {
    return { delivered: this.#delivered, ...this.#settled }
  }

  get isReceiving(): boolean {
    return !this.#stopping.signal.aborted && this.#subscription !== undefined
  }

  stop({ drainMs = defaultDrainMs }: StopOptions = {}): Promise<void> {
    return (this.#stopped ??= this.#stop(drainMs))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /** Ends at once, as the death of the process would. */
  abandon(): void {
    this.#stopping.abort()
    this.#work.takeHeld()
    this.#parts.onStopped(this)
  }

  async #subscribe(model: ChannelModel): Promise<Subscription> {
    const { fullName, prefetch, queue, settings } = this.#parts
    const subscription = await Subscription.open(model, {
      queue: fullName,
      prefetch,
      onMessage: (raw, from) => this.#arrived(raw, from),
      onEnd: (ended) => this.#lost(ended),
    })
    // It was stopped while it subscribed: stop wins.
    if (this.#stopping.signal.aborted) subscription.drop()
    else this.#subscription = subscription
    settings.onNotice({ kind: 'subscribed', detail: queue })
    return subscription
  }

  /** Called by amqplib, which closes the channel if this throws. */
  #arrived(raw: ConsumeMessage, subscription: Subscription): void {
    const abort = new AbortController()
    this.#work.hold({ subscription, raw, arrived: fromAmqp(raw), abort })
    this.#handingOut.goOn()
  }

  /** Gives false where nothing may be handed out now. */
  #handOutOne(): boolean {
    const work = this.#stopping.signal.aborted ? undefined : this.#work.next()
    // It handles every failure, the handler's and its own.
    if (work) void this.#process(work)
    return work !== undefined
  }

  async #process(work: Work): Promise<void> {
    const { queue } = this.#parts
    const { arrived, subscription, raw } = work
    const delivery = { subscription, raw, queue, ...arrived }
    if (arrived.attempt > this.#parts.deliveryLimit()) {
      // Its consumers died, after it had been published again for a delay: the broker, which counts
      // from there, would hand it out too often.
      const attempt = arrived.attempt - 1
      const reason = arrived.lastReason ?? 'the delivery limit: every consumer that had it died'
      await this.#parts.settlement.deadLetter({ ...delivery, attempt }, reason)
      this.#work.finished(work)
    } else {
      this.#delivered += 1
      const { message, attempt } = arrived
      const handed = { message, queue, attempt, signal: work.abort.signal }
      const outcome = await outcomeOf(this.#parts.handle, handed)
      const settled = await this.#parts.settlement.settle(delivery, outcome)
      this.#settled[settled] += 1
      this.#work.finished(work)
      this.#parts.onSettled?.(handed, settled)
    }
    this.#handingOut.goOn()
  }

  #lost(subscription: Subscription): void {
    this.#work.forget(subscription)
    if (this.#subscription === subscription) this.#subscription = undefined
    for (const work of this.#work.running) {
      if (work.subscription === subscription) {
        work.abort.abort(new Error('the broker may hand the message to somebody else by now'))
      }
    }
  }

  async #stop(drainMs: number): Promise<void> {
    this.#stopping.abort()
    const subscription = this.#subscription
    const { requestTimeoutMs } = this.#parts.settings
    try {
      if (subscription) {
        await within(requestTimeoutMs, subscription.cancel(), 'the broker to stop delivering')
      }
      // What came while it was told to stop was handed to nobody.
      for (const work of this.#work.takeHeld()) work.subscription.release(work.raw)
    } catch {
      // The connection is gone or silent: closing the channel gives everything back.
    }
    try {
      await within(drainMs, this.#work.whenEmpty(), 'what is in flight to finish')
    } catch {
      for (const work of this.#work.running) {
        work.abort.abort(new Error(`the consumer stops, and ${drainMs} ms to finish have passed`))
        work.subscription.release(work.raw)
      }
    }
    try {
      if (subscription) await within(requestTimeoutMs, subscription.close(), 'the channel to close')
    } catch {
      // As above. It is not alive any more, so nothing is settled on it from here on.
    }
    this.#parts.onStopped(this)
  }
}
