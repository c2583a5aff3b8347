// The store of a simulated world: one for all processes of a run, each of which opens it for
// itself. Every call is one step, and takes effect at once when its step is chosen; the only faults
// are those in steps.ts. Entries expire only where `expiry` says so.
//
// Not promised: anything that a real store does between accepting a call and answering it.

import type { Process, Simulation } from '../../simulation/index.ts'
import { featuresWith, type StoreLimits } from '../limits.ts'
import type { Entry, Store, StoreFeatures } from '../store.ts'
import { checkWrites } from '../write-set.ts'
import type { StoreDetail, StoreEvent } from './detail.ts'
import { Entries, type Expiry, type StoreSize } from './entries.ts'
import { OpenStore } from './open-store.ts'

export type SimulatedStoreOptions = {
  /** Is told what happened, at the moment when it did: a crash right after it loses nothing. */
  readonly record?: (event: StoreEvent) => void
  /** Other limits than `defaultLimits`, each a whole number of 1 or more. */
  readonly limits?: Partial<StoreLimits>
  /** Default: all entries stay for ever. */
  readonly expiry?: Expiry
}

export class SimulatedStore {
  readonly #entries: Entries
  readonly #features: StoreFeatures
  readonly #record: (event: StoreEvent) => void

  constructor(
    simulation: Simulation,
    { record = () => undefined, limits = {}, expiry }: SimulatedStoreOptions = {},
  ) {
    const entries = new Entries(simulation, expiry)
    this.#entries = entries
    // Calls that are under way at once are steps, and a schedule may take them in any order.
    this.#features = featuresWith(limits, { ordered: false })
    this.#record = record
    simulation.state(() => entries.digest())
    if (expiry?.mode === 'lingers') expireOneByOne(simulation, entries)
  }

  /** The store as `process` sees it, until it is closed or the process crashes. */
  open(process: Process): Store {
    return new OpenStore({
      process,
      entries: this.#entries,
      features: this.#features,
      record: this.#record,
    })
  }

  /** Stores what is there at the start. It is no step, and is not recorded. */
  put(key: string, value: unknown): void {
    const expected = this.#entries.version(key)
    this.#entries.apply(checkWrites([{ key, value, expected }], this.#features))
  }

  /** What is stored under `key`; undefined: nothing. It is no step, and for properties only. */
  value(key: string): unknown {
    return this.#entries.get(key)?.value
  }

  /** How much is stored: values, and their bytes as JSON. It is no step, and for measuring only. */
  size(): StoreSize {
    return this.#entries.size()
  }

  /** All that is stored, in the order of the keys. It is no step, and for properties only. */
  entries(): readonly Entry[] {
    return this.#entries.list('', { limit: Infinity, olderThanMs: 0 })
  }
}

/** What has expired goes at any moment, one entry after the other. */
function expireOneByOne(simulation: Simulation, entries: Entries): void {
  let gone: StoreDetail = { keys: [] }
  simulation.happening({
    kind: 'expire',
    resource: 'store',
    isFree: true,
    variants: () => entries.expired().length,
    effect: (variant) => {
      const key = entries.expired()[variant] ?? ''
      gone = { keys: [{ key, before: entries.get(key), after: undefined }] }
      entries.drop(key)
    },
    detail: () => gone,
  })
}
