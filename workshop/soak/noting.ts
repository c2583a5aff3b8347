// Around the handlers of a process: notes down what they do, and ends the process where it was told
// to, after a save and right before what it publishes next.

import { type Broker, decoratedBroker } from '@workshop/shared/broker'
import { header, textOf, type WireMessage } from '@workshop/shared/message'
import { type Behaviour, type Dispatch, reasonOf } from '@workshop/shared/pipeline'
import { decoratedStore, type Store, type Version } from '@workshop/shared/store'
import type { Notebook } from './notes.ts'

export type NotingOptions = {
  readonly notebook: Notebook
  /** Whether to die at the next chance. */
  readonly isDoomed: () => boolean
  /** Ends the process at once. */
  readonly die: () => Promise<never>
}

type Work = { readonly about: string; readonly work: number; hasSaved: boolean }

export class Noting {
  readonly #options: NotingOptions
  readonly #works = new WeakMap<AbortSignal, Work>()
  #last = 0

  constructor(options: NotingOptions) {
    this.#options = options
  }

  /** `broker`, whose deliveries are noted. */
  broker(broker: Broker): Broker {
    const { notebook } = this.#options
    return decoratedBroker(broker, {
      consume: (queue, handle, options) =>
        broker.consume(
          queue,
          async (delivery) => {
            const { message, attempt, signal } = delivery
            const work = { about: aboutOf(message), work: (this.#last += 1), hasSaved: false }
            this.#works.set(signal, work)
            const { hasSaved: _notYet, ...base } = work
            const said = { ...base, queue, id: message.id, label: labelOf(message) }
            notebook.write({ ...said, kind: 'delivered', attempt })
            const outcome = await handle(delivery)
            notebook.write({ ...said, kind: 'settled', outcome: outcome.kind })
            return outcome
          },
          options,
        ),
    })
  }

  /** Notes what is saved and published inside of it. The outermost: what stands outside may have
   *  put another signal in place of the delivery's. */
  get behaviour(): Behaviour {
    return {
      incoming: async (context, next) => {
        const work = this.#works.get(context.signal)
        if (!work) throw new Error('expected the outermost behaviour, got another signal')
        await next({
          store: this.#store(context.store, work),
          dispatch: (dispatch) => this.#dispatch(dispatch, work, context.dispatch),
        })
      },
    }
  }

  #store(store: Store, work: Work): Store {
    const write = async <T>(key: string, value: unknown, made: Promise<T>): Promise<T> => {
      const { notebook } = this.#options
      const base = { about: work.about, work: work.work, key }
      try {
        const version = await made
        work.hasSaved = true
        notebook.write({ ...base, kind: 'saved', value: inWords(value) })
        return version
      } catch (error) {
        notebook.write({ ...base, kind: 'not saved', error: nameOf(error) })
        throw error
      }
    }
    return decoratedStore(store, {
      save: (key, value, expected) => write(key, value, store.save(key, value, expected)),
      remove: (key, expected) => write(key, 'nothing', store.remove(key, expected)),
      saveAll: (writes) => {
        const [first] = writes
        const value = first && 'value' in first ? first.value : 'nothing'
        return write<readonly Version[]>(first?.key ?? '', value, store.saveAll(writes))
      },
    })
  }

  async #dispatch(
    dispatch: Dispatch,
    work: Work,
    send: (dispatch: Dispatch) => Promise<void>,
  ): Promise<void> {
    const { notebook, isDoomed, die } = this.#options
    const base = { about: work.about, work: work.work }
    if (work.hasSaved && isDoomed()) {
      notebook.write({ ...base, kind: 'dies' })
      await die()
    }
    const { to, message } = dispatch
    const said = {
      ...base,
      kind: 'published',
      to: 'queue' in to ? to.queue : to.event,
      id: message.id,
      label: labelOf(message),
    } as const
    try {
      await send(dispatch)
      notebook.write(said)
    } catch (error) {
      notebook.write({ ...said, error: nameOf(error) })
      throw error
    }
  }
}

export const aboutOf = ({ id, headers }: WireMessage): string =>
  headers[header.conversationId] ?? id

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : reasonOf(error))

/** `ItemAdded(porsche, 1)`: without ids, which the picture names elsewhere. */
export function labelOf(message: WireMessage): string {
  const { type } = message
  try {
    const body: Readonly<Record<string, unknown>> = JSON.parse(textOf(message))
    const telling = Object.entries(body).filter(([key]) => !key.endsWith('Id'))
    return `${type}(${telling.map(([, value]) => String(value)).join(', ')})`
  } catch {
    return type
  }
}

/** `[porsche, bell]`, and what waits in the outbox. */
function inWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { items, coupons, outbox } = value as Readonly<Record<string, unknown>>
  const list = items ?? coupons
  const waiting = Object.values((outbox ?? {}) as Readonly<Record<string, unknown>>).filter(
    (entry) => entry !== null,
  ).length
  const shown = Array.isArray(list) ? `[${list.join(', ')}]` : JSON.stringify(value).slice(0, 40)
  return waiting === 0 ? shown : `${shown} + ${waiting} to send`
}
