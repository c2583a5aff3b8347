// A broker and a store whose changes pass a gate: the director allows each before it is made, may
// spoil it, and has heard of it before the handler goes on. What only reads passes freely.

import { type Broker, decoratedBroker } from '../../broker/index.ts'
import { decoratedStore, type Store, type Version, type Write } from '../../store/index.ts'
import { Unavailable, Unknown } from '../../world/index.ts'
import type { Call, Deed, Report, Spoiled, Written } from './protocol.ts'

/** How much later a late copy arrives: after whatever was under way. */
export const lateMs = 150

type Done<T> = { readonly value: T; readonly deed: Deed }

export class Gate {
  readonly #tell: (report: Report) => void
  readonly #waiting = new Map<number, (spoiled: Spoiled | undefined) => void>()
  #last = 0

  constructor(tell: (report: Report) => void) {
    this.#tell = tell
  }

  /** The director's answer to question `number`. */
  go(number: number, spoiled: Spoiled | undefined): void {
    this.#waiting.get(number)?.(spoiled)
    this.#waiting.delete(number)
  }

  /** Makes a call, as far as the director allows it. */
  async pass<T>(call: Call, make: (spoiled: Spoiled | undefined) => Promise<Done<T>>): Promise<T> {
    const number = (this.#last += 1)
    const spoiled = await this.#answerTo({ kind: 'asks', number, call })
    if (spoiled === 'refused') {
      throw new Unavailable(`the ${call.kind} was refused: nothing has happened`)
    }
    if (spoiled === 'lost') throw new Unknown(`the ${call.kind} was not answered`)
    let done: Done<T>
    try {
      done = await make(spoiled)
    } catch (error) {
      await this.#answerTo({ kind: 'did', number, deed: undefined })
      throw error
    }
    await this.#answerTo({ kind: 'did', number, deed: done.deed })
    if (spoiled === 'unanswered') throw new Unknown(`the ${call.kind} was not answered`)
    return done.value
  }

  #answerTo(question: Extract<Report, { number: number }>): Promise<Spoiled | undefined> {
    return new Promise((resolve) => {
      this.#waiting.set(question.number, resolve)
      this.#tell(question)
    })
  }
}

/** `broker`, whose publishes pass `gate`. */
export function gatedBroker(broker: Broker, gate: Gate): Broker {
  return decoratedBroker(broker, {
    publish: (to, message, options) =>
      gate.pass({ kind: 'publish', to, id: message.id }, async (spoiled) => {
        await broker.publish(to, message, options)
        const delayMs = (options?.delayMs ?? 0) + (spoiled === 'copied late' ? lateMs : 0)
        const isCopied = spoiled === 'doubled' || spoiled === 'copied late'
        if (isCopied) await broker.publish(to, message, { delayMs })
        const copies = isCopied ? 2 : 1
        return { value: undefined, deed: { kind: 'published', to, message, copies } }
      }),
  })
}

/** `store`, whose writes pass `gate`. */
export function gatedStore(store: Store, gate: Gate): Store {
  const saveAll = (writes: readonly Write[]): Promise<readonly Version[]> =>
    gate.pass({ kind: 'write' }, async () => {
      const versions = await store.saveAll(writes)
      const written = writes.map((write, index) => writtenBy(write, versions[index]))
      return { value: versions, deed: { kind: 'written', writes: written } }
    })
  return decoratedStore(store, {
    saveAll,
    save: (key, value, expected) =>
      gate.pass({ kind: 'write' }, async () => {
        const version = await store.save(key, value, expected)
        const writes = [writtenBy({ key, value, expected }, version)]
        return { value: version, deed: { kind: 'written', writes } }
      }),
    remove: (key, expected) =>
      gate.pass({ kind: 'write' }, async () => {
        await store.remove(key, expected)
        const writes = [writtenBy({ key, expected, remove: true }, undefined)]
        return { value: undefined, deed: { kind: 'written', writes } }
      }),
  })
}

/** Versions of a store rise with each write. A removal has none: it comes right after the one that
 *  it has removed. */
function writtenBy(write: Write, version: Version | undefined): Written {
  const { key, expected } = write
  if ('remove' in write) return { key, value: undefined, order: expected + 0.5 }
  return { key, value: write.value, order: version ?? expected }
}
