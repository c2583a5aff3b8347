// The load of a soak: many small orders, sent at a steady rate as long as the endpoints keep up. It
// sends each command until the broker confirms it, always under the same id, and remembers which it
// has sent and which are confirmed: that is all that the judge goes by.

import { setTimeout as timer } from 'node:timers/promises'
import type { Outgoing } from '@workshop/shared/message'
import { AddItem, items as gifts } from '@workshop/shared/shop'
import { realWorld, Unavailable, Unknown, type World } from '@workshop/shared/world'
import type { SentCommand } from './judge.ts'

/** How many may be on their way to the broker at once. */
const maxUnconfirmed = 200
/** How many may be confirmed and not announced yet: endpoints that are slower are waited for. */
const maxBehind = 2000
/** How many orders take turns. */
const openOrders = 100
const tickMs = 10
const betweenAttemptsMs = 50

const names = Object.keys(gifts)

export type LoadOptions = {
  readonly send: (command: Outgoing<'command'>) => Promise<void>
  readonly seed: string
  /** Commands a second. */
  readonly rate: number
  /** How many have been announced. */
  readonly announced: () => number
  /** Nothing more is sent, confirmed or not. */
  readonly ending: AbortSignal
}

type Command = { -readonly [Name in keyof SentCommand]: SentCommand[Name] }

export class Load {
  readonly #options: LoadOptions
  readonly #sent: Command[] = []
  readonly #onWire = new Set<Promise<void>>()
  /** Of each order at hand: what is still to be sent. */
  readonly #open: Command[][] = []
  readonly #world: World
  #orders = 0
  #confirmed = 0
  #failure: Error | undefined

  constructor(options: LoadOptions) {
    this.#options = options
    this.#world = realWorld({ seed: options.seed })
  }

  get sent(): readonly SentCommand[] {
    return this.#sent
  }

  get confirmed(): number {
    return this.#confirmed
  }

  /** Sends until the signal is aborted. What is not confirmed then goes on being sent. */
  async run(signal: AbortSignal): Promise<void> {
    const startMs = performance.now()
    let spared = 0
    while (!signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure
      const due = ((performance.now() - startMs) / 1000) * this.#options.rate - spared
      while (this.#sent.length < due && this.#hasRoom()) this.#start()
      // What there was no room for is spared: it does not come all at once afterwards.
      spared += Math.max(0, due - this.#sent.length - maxUnconfirmed)
      await timer(tickMs)
    }
  }

  /** Resolves once everything that was begun is confirmed, or at the signal. */
  async settled(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await Promise.race([Promise.all(this.#onWire), aborted])
  }

  #hasRoom(): boolean {
    const behind = this.#confirmed - this.#options.announced()
    return this.#onWire.size < maxUnconfirmed && behind < maxBehind
  }

  #start(): void {
    const command = this.#next()
    this.#sent.push(command)
    const sending = this.#send(command).finally(() => this.#onWire.delete(sending))
    this.#onWire.add(sending)
    // Whatever is no outage is a mistake, and ends the run.
    sending.catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
    })
  }

  /** One of the orders at hand goes on: its items are on their way at the same time as each other,
   *  and as those of other orders. */
  #next(): Command {
    while (this.#open.length < openOrders) this.#open.push(this.#newOrder())
    const at = Math.floor(this.#world.random(`turn ${this.#sent.length}`) * openOrders)
    const rest = this.#open[at] ?? []
    const command = rest.shift()
    if (rest.length === 0) this.#open.splice(at, 1)
    if (!command) throw new Error('expected an order with an item, got none')
    return command
  }

  #newOrder(): Command[] {
    this.#orders += 1
    const orderId = `order-${this.#orders}`
    const number = (what: string, below: number): number =>
      Math.floor(this.#world.random(`${orderId} ${what}`) * below)
    return Array.from({ length: 2 + number('items', 3) }, (_, index) => ({
      id: `${orderId}-${index + 1}`,
      orderId,
      // The same gift may be in an order twice: that makes two commands.
      item: names[number(`item ${index}`, names.length)] ?? 'porsche',
      isConfirmed: false,
    }))
  }

  async #send(command: Command): Promise<void> {
    const { id, orderId, item } = command
    const message = AddItem({ orderId, item }, { id })
    while (!this.#options.ending.aborted) {
      try {
        await this.#options.send(message)
        command.isConfirmed = true
        this.#confirmed += 1
        return
      } catch (error) {
        if (!(error instanceof Unavailable) && !(error instanceof Unknown)) throw error
        await timer(betweenAttemptsMs)
      }
    }
  }
}
