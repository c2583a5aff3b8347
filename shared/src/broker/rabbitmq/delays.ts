// Delays, by queues in which messages wait for their time. RabbitMQ looks at the head of a queue
// only, so a message waits behind longer ones: each queue takes the delays between a power of two
// and its double, which bounds what one message adds to another's delay to that double. Never
// early.

import type { ChannelModel } from 'amqplib'
import { maxDelayMs } from '../outcome.ts'
import { onOwnChannel } from './channels.ts'
import type { Names } from './names.ts'

const shortestClassMs = 64

export class Delays {
  readonly #names: Names
  /** The delay queues that exist, or are being made. 26 at most. */
  readonly #made = new Map<number, Promise<void>>()

  constructor(names: Names) {
    this.#names = names
  }

  /** The exchange that delays by `delayMs`, made by `run` where this process has not used it
   *  before. */
  async exchangeFor(
    delayMs: number,
    run: (work: (model: ChannelModel) => Promise<void>) => Promise<void>,
  ): Promise<string> {
    const classMs = delayClassMs(delayMs)
    let made = this.#made.get(classMs)
    if (!made) {
      made = run((model) => this.#make(model, classMs))
      this.#made.set(classMs, made)
    }
    try {
      await made
    } catch (error) {
      this.#made.delete(classMs)
      throw error
    }
    return this.#names.delay(classMs)
  }

  async restore(model: ChannelModel): Promise<void> {
    for (const classMs of this.#made.keys()) await this.#make(model, classMs)
  }

  /** Deletes all of them, whichever process made them. What does not exist is no error. */
  async drop(model: ChannelModel): Promise<void> {
    await onOwnChannel(model, async (channel) => {
      for (const classMs of allClassesMs()) {
        await channel.deleteQueue(this.#names.delay(classMs))
        await channel.deleteExchange(this.#names.delay(classMs))
      }
    })
  }

  async #make(model: ChannelModel, classMs: number): Promise<void> {
    const name = this.#names.delay(classMs)
    await onOwnChannel(model, async (channel) => {
      await channel.assertQueue(name, {
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-overflow': 'reject-publish',
          // No routing key: the message's own survives, and leads on to its address.
          'x-dead-letter-exchange': this.#names.due,
          'x-dead-letter-strategy': 'at-least-once',
        },
      })
      await channel.assertExchange(name, 'fanout', { durable: true })
      await channel.bindQueue(name, name, '')
    })
  }
}

function allClassesMs(): readonly number[] {
  const classes = [shortestClassMs]
  for (let last = shortestClassMs; last < maxDelayMs; last *= 2) classes.push(last * 2)
  return classes
}

/** The longest delay of the class that `delayMs` belongs to: 64 ms, 128 ms, and so on. */
export function delayClassMs(delayMs: number): number {
  let classMs = shortestClassMs
  while (classMs < delayMs && classMs < maxDelayMs) classMs *= 2
  return classMs
}

/** How long a message is to wait in its delay queue. The broker's clock counts whole
 *  milliseconds: one more, and it is never early. */
export function expirationMs(delayMs: number): number {
  return Math.ceil(delayMs) + 1
}

/** `delayMs`, or 0 where there is none. Throws a RangeError for what is no delay. */
export function checkedDelayMs(delayMs = 0): number {
  if (delayMs >= 0 && delayMs <= maxDelayMs) return delayMs
  throw new RangeError(`expected delayMs to be from 0 to ${maxDelayMs}, got ${delayMs}`)
}
