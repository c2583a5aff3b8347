// Between clients and the servers of a performance: who listens where, which of the requests are
// spoilt on their way, and what still goes on when nobody waits for it any more.

import { type HistoryEvent, recordedHttp } from '../../check/index.ts'
import { fetchHttp } from '../../http/index.ts'
import { type Http, realWorld } from '../../world/index.ts'
import type { Actor } from './actor.ts'
import type { Chronicle } from './chronicle.ts'
import { type Listening, Origins } from './origins.ts'
import { type Plan, spoiltRequest } from './plan.ts'
import { laterWith, sendSpoilt } from './spoilt-http.ts'

export type NetworkOptions = {
  readonly plan: Plan
  readonly chronicle: Chronicle
  /** Rejects where a process has ended by itself. */
  readonly orFails: <T>(work: Promise<T>) => Promise<T>
  /** Told of who listens, whenever that has changed. */
  readonly onChange: (listening: Listening) => void
}

export class Network {
  readonly #options: NetworkOptions
  readonly #origins = new Origins()
  readonly #listening = new Map<Actor, string>()
  /** How many requests of each process go on alone; those of clients have no process. */
  readonly #late = new Map<Actor | undefined, number>()

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  /** Whether a request goes on alone. */
  get isBusy(): boolean {
    return [...this.#late.values()].some((count) => count > 0)
  }

  get listening(): Listening {
    const all: Record<string, string[]> = {}
    for (const [{ opening }, origin] of this.#listening) {
      const { name } = opening.role
      all[name] = [...(all[name] ?? []), origin]
    }
    return all
  }

  listen(actor: Actor, origin: string): void {
    this.#listening.set(actor, origin)
    this.#changed()
  }

  /** Nobody calls it any more, and what it had sent alone is over. */
  leave(actor: Actor): void {
    this.#late.delete(actor)
    if (this.#listening.delete(actor)) this.#changed()
  }

  late(actor: Actor | undefined, by: 1 | -1): void {
    this.#late.set(actor, (this.#late.get(actor) ?? 0) + by)
  }

  /** How a client calls servers. */
  http(caller: string): Http {
    const { chronicle, plan, orFails } = this.#options
    const origin = (server: string): Promise<string> => orFails(this.#origins.of(server))
    const fetched = fetchHttp({ name: caller, origin })
    const later = laterWith((by) => this.late(undefined, by))
    const spoilt: Http = {
      send: (call) => {
        const spoiled = spoiltRequest(plan)
        if (spoiled !== undefined) chronicle.tell(caller, `${spoiled}: request`)
        return orFails(sendSpoilt(fetched, call, { spoiled, later }))
      },
    }
    const history = { record: (event: HistoryEvent) => chronicle.record(caller, event) }
    return recordedHttp(spoilt, { caller, history, ids: realWorld().ids })
  }

  #changed(): void {
    const { listening } = this
    this.#origins.set(listening)
    this.#options.onChange(listening)
  }
}
