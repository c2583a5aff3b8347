// How a run ended: what properties are about. It is the same for simulated and for real runs.

import { type BodyOf, bodyOf, type Definition, type WireMessage } from '../message/index.ts'
import { History, type HistoryEvent } from './history.ts'

export interface View {
  /** The entity stored under `key` at the end, or `whenAbsent`. */
  entity<T>(key: string, whenAbsent: T): T
  /** All that is stored at the end under keys that begin with `prefix`, by key. */
  entities<T>(prefix: string): readonly { readonly key: string; readonly value: T }[]
  /** The bodies of all messages of this type that were published, in order. */
  published<D extends Definition>(definition: D): readonly BodyOf<D>[]
  readonly deadLetters: readonly WireMessage[]
  readonly history: readonly HistoryEvent[]
}

export type ViewParts = {
  readonly entities: ReadonlyMap<string, unknown>
  readonly deadLetters: readonly WireMessage[]
  readonly history: readonly HistoryEvent[]
}

/** The view of a run that is over. */
export function view({ entities, deadLetters, history }: ViewParts): View {
  const record = new History()
  for (const event of history) record.record(event)
  return new LiveView({
    entity: (key) => entities.get(key),
    entries: () => [...entities].map(([key, value]) => ({ key, value })),
    deadLetters: () => deadLetters,
    history: record,
  })
}

export type LiveViewParts = {
  readonly entity: (key: string) => unknown
  readonly entries: () => readonly { readonly key: string; readonly value: unknown }[]
  readonly deadLetters: () => readonly WireMessage[]
  readonly history: History
  /** Is told of each entity that is looked at. */
  readonly onLook?: (key: string) => void
}

/** The view of a run that goes on: it shows what is the case whenever it is asked. */
export class LiveView implements View {
  readonly #parts: LiveViewParts
  /** Parsed once: a message never changes, and properties look at it again and again. */
  readonly #bodies = new Map<WireMessage, unknown>()

  constructor(parts: LiveViewParts) {
    this.#parts = parts
  }

  get deadLetters(): readonly WireMessage[] {
    return this.#parts.deadLetters()
  }

  get history(): readonly HistoryEvent[] {
    return this.#parts.history.events
  }

  entity<T>(key: string, whenAbsent: T): T {
    this.#parts.onLook?.(key)
    // The caller says what its own handlers saved, as with `Store.load`.
    return (this.#parts.entity(key) ?? whenAbsent) as T
  }

  entities<T>(prefix: string): readonly { readonly key: string; readonly value: T }[] {
    return this.#parts
      .entries()
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key, value }) => ({ key, value: value as T }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
  }

  published<D extends Definition>(definition: D): readonly BodyOf<D>[] {
    const bodies: BodyOf<D>[] = []
    for (const event of this.history) {
      if (event.kind !== 'published' || event.message.type !== definition.type) continue
      bodies.push(this.#bodyOf(event.message, definition))
    }
    return bodies
  }

  #bodyOf<D extends Definition>(message: WireMessage, definition: D): BodyOf<D> {
    if (!this.#bodies.has(message)) this.#bodies.set(message, bodyOf(message, definition))
    return this.#bodies.get(message) as BodyOf<D>
  }
}
