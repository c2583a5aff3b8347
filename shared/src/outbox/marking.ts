// Marks records as dispatched beside the messages, where a relay runs over the store: nobody waits
// for it, as the relay does what a crash leaves. Until it is marked a record is found as pending;
// so it is noted for its removal (inbox/agenda.ts) only now, and those that come while others are
// being marked share a note.
//
// | Crash             | Durable                     | The relay                        |
// | dispatch, note    | record, not marked          | sends, notes and marks           |
// | note, mark        | record, not marked, and note| sends, notes once more, and marks|

import { noteAll } from '../inbox/index.ts'
import { type IncomingContext, reasonOf } from '../pipeline/index.ts'
import { mark, type Unfinished } from './dispatching.ts'

export type Dispatched = { readonly record: Unfinished; readonly context: IncomingContext }

/** So many share a note. */
const together = 64
/** More than these are left to the relay: messages come faster than the store takes their marks. */
const mostWaiting = 1000

export class Marking {
  #waiting: Dispatched[] = []
  #underWay: Promise<void> | undefined

  /** Marks it soon. Never fails: who reads the log hears of it, and the relay sends once more. */
  add(dispatched: Dispatched): void {
    if (dispatched.record.record.outgoing === null) return
    if (this.#waiting.length >= mostWaiting) return
    this.#waiting.push(dispatched)
    this.#underWay ??= this.#markAll()
  }

  /** Resolves once everything is marked that can be. */
  async finished(): Promise<void> {
    await this.#underWay
  }

  async #markAll(): Promise<void> {
    for (let all = this.#next(); all.length > 0; all = this.#next()) await markTogether(all)
    this.#underWay = undefined
  }

  /** The longest waiting, and others that its note may name: of the same endpoint and store. */
  #next(): readonly Dispatched[] {
    const [first] = this.#waiting
    const fits = ({ context: { endpoint, store } }: Dispatched): boolean =>
      endpoint === first?.context.endpoint && store === first.context.store
    const next = new Set(this.#waiting.filter(fits).slice(0, together))
    this.#waiting = this.#waiting.filter((one) => !next.has(one))
    return [...next]
  }
}

async function markTogether(all: readonly Dispatched[]): Promise<void> {
  const [first] = all
  if (!first) return
  const { store, endpoint, clock, log } = first.context
  try {
    const keys = all.map(({ record }) => record.key)
    await noteAll(store, { endpoint, keys, atMs: clock.nowMs() })
    const marking = all.map(({ record, context }) => mark(record, context.store))
    await Promise.allSettled(marking)
    await Promise.all(marking)
  } catch (error) {
    log.warn({ error: reasonOf(error) }, 'dispatched, but not marked: the relay sends it once more')
  }
}
