// What the explorer is measured with: consumers that take a deposit from a queue and book it with
// an inbox and an outbox, in 12 steps, or in 6 that leave out the rest. It is written against
// nothing but a function that performs a step, so that any scheduler can run it.

import { digestOfText, join, mix, type Step } from '../../shared/src/simulation/index.ts'

/** Performs a step, sooner or later. */
export type Perform = <T>(step: Step<T>) => Promise<T>

/** A queue, a table and a topic. */
export class Bank {
  readonly queue: string[]
  readonly published: string[] = []
  readonly #rows = new Map<string, number>()

  constructor(queue: readonly string[]) {
    this.queue = [...queue]
  }

  get(key: string): number {
    return this.#rows.get(key) ?? 0
  }

  set(key: string, value: number): void {
    this.#rows.set(key, value)
  }

  /** Made when a search asks for it: samples do without, and so does fast-check. */
  digest(): number {
    let rows = mix(this.queue.length, this.published.length)
    for (const [key, value] of this.#rows) rows = join(rows, mix(digestOfText(key), value))
    return rows
  }
}

export class Consumer {
  readonly #bank: Bank
  readonly #isLong: boolean
  readonly #perform: Perform
  /** The message that it has received and not acknowledged. */
  held: string | undefined

  constructor(bank: Bank, { isLong, perform }: { isLong: boolean; perform: Perform }) {
    this.#bank = bank
    this.#isLong = isLong
    this.#perform = perform
  }

  /** Books one deposit. The last part of a message names its account. */
  async consume(): Promise<void> {
    const message = await this.#receive()
    const account = message.slice(message.indexOf('/') + 1)
    const inbox = `inbox ${message}`
    if ((await this.#read(inbox)) === 0) {
      if (this.#isLong) await this.#call()
      const balance = await this.#read(account)
      if (this.#isLong) await this.#read('config')
      await this.#write(account, balance + 10)
      await this.#write(inbox, 1)
    }
    if (this.#isLong) await this.#publish(message)
    await this.#acknowledge()
  }

  async #publish(message: string): Promise<void> {
    const outbox = `outbox ${message}`
    await this.#write(outbox, 1)
    await this.#perform({
      kind: 'publish',
      resource: 'topic',
      access: 'write',
      effect: () => void this.#bank.published.push(message),
    })
    await this.#write(outbox, 0)
    await this.#call()
  }

  #receive(): Promise<string> {
    return this.#perform({
      kind: 'receive',
      resource: 'queue',
      access: 'write',
      idle: true,
      guard: () => this.#bank.queue.length > 0,
      effect: () => (this.held = this.#bank.queue.shift() ?? ''),
      opens: (message) => message,
    })
  }

  #acknowledge(): Promise<void> {
    return this.#perform({
      kind: 'acknowledge',
      resource: 'queue',
      access: 'write',
      effect: () => {
        this.held = undefined
      },
      closes: true,
    })
  }

  #read(key: string): Promise<number> {
    return this.#perform({
      kind: 'read',
      resource: key,
      access: 'read',
      effect: () => this.#bank.get(key),
    })
  }

  #write(key: string, value: number): Promise<void> {
    return this.#perform({
      kind: 'write',
      resource: key,
      access: 'write',
      effect: () => this.#bank.set(key, value),
    })
  }

  #call(): Promise<void> {
    return this.#perform({
      kind: 'call',
      resource: 'http',
      access: 'read',
      effect: () => undefined,
    })
  }
}
