// A unit of work: a store whose writes are kept back, to be saved all at once. It reads what it has
// written itself; a version that is out of date is a `Conflict`, at the latest when all is saved.
//
// Not promised: that what was only read has not changed by then, and that `pending` shows its
// writes. Where more than 1000 entries are there to be listed, `list` may give fewer than it could.

import { decoratedStore } from './decorated-store.ts'
import { frozenCopy, frozenJson } from './frozen.ts'
import { checkPrefix, partitionOf } from './keys.ts'
import { checkListOptions, maxListed } from './list-options.ts'
import {
  absent,
  Conflict,
  type Entry,
  type ListOptions,
  type Loaded,
  type Store,
  type Version,
  type Write,
} from './store.ts'
import { type CheckedWrite, checkWrites } from './write-set.ts'

type Written = {
  /** The version that the store itself has to be at. */
  readonly expected: Version
  /** The version that this unit has given. */
  readonly version: Version
  readonly value: unknown
  readonly pending: boolean
}

export class UnitOfWork {
  /** What writes into this unit. Refuses at once what no store would save: keys outside of the
   *  partition, values that are no JSON or over a limit. */
  readonly store: Store
  readonly #under: Store
  readonly #partition: string
  readonly #written = new Map<string, Written>()
  #given = 0

  /** All that is written into it has to be in `partition`, as one `saveAll` demands. */
  constructor(under: Store, partition: string) {
    this.#under = under
    this.#partition = partition
    this.store = decoratedStore(under, {
      load: (key, whenAbsent) => this.#load(key, whenAbsent),
      save: async (key, value, expected) => this.#keep([{ key, value, expected }])[0] ?? absent,
      remove: async (key, expected) => {
        this.#keep([{ key, remove: true, expected }])
      },
      saveAll: async (writes) => this.#keep(writes),
      list: (prefix, options) => this.#list(prefix, options),
    })
  }

  /** All that was written, each key once, for the `saveAll` of the store itself. */
  get writes(): readonly Write[] {
    return [...this.#written].map(([key, { expected, version, value, pending }]) =>
      version === absent
        ? { key, remove: true, expected }
        : { key, value, expected, ...(pending ? { pending } : {}) },
    )
  }

  async #load<T>(key: string, whenAbsent: T): Promise<Loaded<T>> {
    const own = this.#written.get(key)
    if (!own) return this.#under.load(key, whenAbsent)
    const { value, version } = own
    // As for every store: the type is the caller's word for what it saved.
    return { value: version === absent ? frozenCopy(whenAbsent) : (value as T), version }
  }

  #keep(writes: readonly Write[]): readonly Version[] {
    const checked = checkWrites(writes, this.#under.features)
    for (const { key, expected } of checked) {
      this.#expectPartition(key)
      const own = this.#written.get(key)
      if (own && own.version !== expected) throw new Conflict(key)
    }
    return checked.map((write) => this.#put(write))
  }

  #put({ key, expected, json, pending }: CheckedWrite): Version {
    const value = json === undefined ? undefined : frozenJson(json)
    const version = json === undefined ? absent : this.#nextVersion()
    const before = this.#written.get(key)
    this.#written.set(key, { expected: before?.expected ?? expected, version, value, pending })
    return version
  }

  /** No store ever counts that far: these versions are known nowhere else. */
  #nextVersion(): Version {
    this.#given += 1
    return (Number.MAX_SAFE_INTEGER - this.#given) as Version
  }

  #expectPartition(key: string): void {
    if (partitionOf(key) === this.#partition) return
    throw new TypeError(
      `expected every write of this message to be in the partition ${this.#partition}, got ${key}. ` +
        'Save what belongs elsewhere when a message of its own arrives there',
    )
  }

  async #list<T>(prefix: string, options: ListOptions): Promise<readonly Entry<T>[]> {
    checkPrefix(prefix)
    const { limit, olderThanMs } = checkListOptions(options)
    const own = [...this.#written].filter(([key]) => key.startsWith(prefix))
    const found = await this.#under.list<T>(prefix, {
      // Each of its own may hide one that is stored.
      limit: Math.min(maxListed, limit + own.length),
      olderThanMs,
    })
    const stored = found.filter(({ key }) => !this.#written.has(key))
    // What it writes is not old yet.
    const added = own.flatMap(([key, { value, version }]) =>
      olderThanMs > 0 || version === absent ? [] : [{ key, value: value as T, version }],
    )
    return [...stored, ...added].toSorted(byBytes).slice(0, limit)
  }
}

const byBytes = (a: Entry, b: Entry): number =>
  Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))
