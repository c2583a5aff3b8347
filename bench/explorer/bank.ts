// What the explorer is measured with: consumers that each take one deposit from a queue and book it
// with an inbox and an outbox, in 12 steps, or in 6 that leave out the rest. It is written against
// nothing but a function that performs a step, so that any scheduler can run it.

import { digestOfText, join, mix } from '../../shared/src/simulation/index.ts'

export type Step<T> = {
  readonly kind: string
  readonly resource: string
  readonly access: 'read' | 'write'
  readonly effect: () => T
  /** Takes a message: waits until there is one, and begins its delivery. */
  readonly takes?: boolean
  /** Acknowledges it: ends its delivery. */
  readonly settles?: boolean
}

export type Perform = <T>(step: Step<T>) => Promise<T>

/** A queue, a table and a topic. */
export class Bank {
  readonly queue: string[]
  readonly published: string[] = []
  readonly #rows = new Map<string, { readonly value: number; readonly digest: number }>()

  constructor(queue: readonly string[]) {
    this.queue = [...queue]
  }

  get(key: string): number {
    return this.#rows.get(key)?.value ?? 0
  }

  set(key: string, value: number): void {
    this.#rows.set(key, { value, digest: mix(digestOfText(key), value) })
  }

  digest(): number {
    let rows = mix(this.queue.length, this.published.length)
    for (const { digest } of this.#rows.values()) rows = join(rows, digest)
    return rows
  }
}

/** Books one deposit. The last part of a message names its account. */
export async function deposit(bank: Bank, isLong: boolean, perform: Perform): Promise<void> {
  const read = (key: string) =>
    perform({ kind: 'read', resource: key, access: 'read', effect: () => bank.get(key) })
  const write = (key: string, value: number) =>
    perform({
      kind: 'write',
      resource: key,
      access: 'write',
      effect: () => bank.set(key, value),
    })
  const call = () =>
    perform({ kind: 'call', resource: 'http', access: 'read', effect: () => undefined })
  const queue = { resource: 'queue', access: 'write' } as const

  const message = await perform({
    ...queue,
    kind: 'receive',
    takes: true,
    effect: () => bank.queue.shift() ?? '',
  })
  const account = message.slice(message.indexOf('/') + 1)
  if ((await read(`inbox ${message}`)) === 0) {
    if (isLong) await call()
    const balance = await read(account)
    if (isLong) await read('config')
    await write(account, balance + 10)
    await write(`inbox ${message}`, 1)
  }
  if (isLong) await publish()
  await perform({ ...queue, kind: 'acknowledge', settles: true, effect: () => undefined })

  async function publish(): Promise<void> {
    await write(`outbox ${message}`, 1)
    await perform({
      kind: 'publish',
      resource: 'topic',
      access: 'write',
      effect: () => void bank.published.push(message),
    })
    await write(`outbox ${message}`, 0)
    await call()
  }
}
