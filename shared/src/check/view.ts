// How a run ended: what properties are about. It is the same for simulated and for real runs.

import type { BodyOf, Definition, WireMessage } from '../message/index.ts'
import type { HistoryEvent } from './history.ts'

export interface View {
  /** The entity stored under `key` at the end, or `whenAbsent`. */
  entity<T>(key: string, whenAbsent: T): T
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

export function view({ entities, deadLetters, history }: ViewParts): View {
  return {
    // The caller says what its own handlers saved, as with `Store.load`.
    entity: <T>(key: string, whenAbsent: T) => (entities.get(key) ?? whenAbsent) as T,
    published: (definition) =>
      history.flatMap((event) =>
        event.kind === 'published' && event.message.type === definition.type
          ? [bodyOf(event.message, definition)]
          : [],
      ),
    deadLetters,
    history,
  }
}

function bodyOf<D extends Definition>({ body }: WireMessage, definition: D): BodyOf<D> {
  return definition.parse(JSON.parse(new TextDecoder().decode(body))) as BodyOf<D>
}
