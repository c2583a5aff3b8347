// Stores that are wrong about what they list (S13, S14).

import type { Database } from '../../sqlite/index.ts'
import { EntryTable } from '../sqlite/entry-table.ts'
import { absent, type Entry, type ListOptions, type Store, type Version } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import { altered, type Mutant, oneByOne } from './mutant.ts'

type Change = (entries: readonly Entry[]) => readonly Entry[]
type Options = (options: ListOptions) => ListOptions

const same = <T>(value: T): T => value

const listingWith =
  ({ options = same, entries = same }: { options?: Options; entries?: Change }) =>
  (store: Store): Store =>
    altered(store, {
      list: async <T>(prefix: string, asked: ListOptions) =>
        entries(await store.list(prefix, options(asked))) as readonly Entry<T>[],
    })

const pendingWith =
  ({ options = same, entries = same }: { options?: Options; entries?: Change }) =>
  (store: Store): Store =>
    altered(store, {
      pending: async <T>(asked: ListOptions) =>
        entries(await store.pending(options(asked))) as readonly Entry<T>[],
    })

const byKey: Change = (entries) => entries.toSorted((a, b) => (a.key < b.key ? -1 : 1))
const ageless: Options = ({ limit }) => ({ limit })
const limitless: Options = (options) => ({ ...options, limit: 1000 })

class NoSlashTable extends EntryTable {
  override list(prefix: string, options: Required<ListOptions>): readonly Entry[] {
    return super.list(prefix.replace(/\/$/, ''), options)
  }
}

class LikeTable extends EntryTable {
  readonly #keysLike: (prefix: string) => readonly string[]

  constructor(database: Database) {
    super(database)
    const statement = database.prepare<[string], { key: string }>(
      "select key from entry where key like ? || '%' order by key",
    )
    this.#keysLike = (prefix) => statement.all(prefix).map(({ key }) => key)
  }

  override list(prefix: string): readonly Entry[] {
    return this.#keysLike(prefix).flatMap((key) => this.get(key) ?? [])
  }
}

/** Puts back, after each write of an entry that was there, what `column` was before. */
class StickyTable extends EntryTable {
  readonly #read: (key: string) => unknown
  readonly #putBack: (value: unknown, key: string) => void

  constructor(database: Database, column: 'written_at_ms' | 'pending') {
    super(database)
    const read = database.prepare<[string]>(`select ${column} from entry where key = ?`).pluck()
    const write = database.prepare(`update entry set ${column} = ? where key = ?`)
    this.#read = (key) => read.get(key)
    this.#putBack = (value, key) => void write.run(value, key)
  }

  override apply(write: CheckedWrite): Version {
    const before = this.#read(write.key)
    const version = super.apply(write)
    if (before !== undefined) this.#putBack(before, write.key)
    return version
  }
}

/** Remembers the order in which keys were first saved, and finds pending ones in that order. */
function byBirth(store: Store): Store {
  const born: string[] = []
  return altered(pendingWith({ entries: (entries) => sortedBy(entries, born) })(store), {
    saveAll: async (writes) => {
      born.push(...writes.map(({ key }) => key).filter((key) => !born.includes(key)))
      return store.saveAll(writes)
    },
  })
}

const sortedBy = (entries: readonly Entry[], keys: readonly string[]): readonly Entry[] =>
  entries.toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))

/** Finds what was pending once, also after it was removed. */
function haunted(store: Store): Store {
  const removed: Entry[] = []
  return altered(pendingWith({ entries: (entries) => [...removed, ...entries] })(store), {
    saveAll: async (writes) => {
      for (const write of writes) {
        if ('remove' in write) {
          removed.push({ key: write.key, ...(await store.load<unknown>(write.key, undefined)) })
        }
      }
      return store.saveAll(writes)
    },
  })
}

export const listingMutants: readonly Mutant[] = [
  {
    breaks: 'S13',
    mistake: 'leaks order-10 into order-1/',
    parts: { table: (database) => new NoSlashTable(database) },
  },
  {
    breaks: 'S13b',
    mistake: 'takes a prefix for a pattern of LIKE',
    parts: { table: (database) => new LikeTable(database) },
  },
  {
    breaks: 'S13c',
    mistake: 'sorts keys as JavaScript compares strings',
    around: listingWith({ entries: byKey }),
  },
  { breaks: 'S13d', mistake: 'lists without a limit', around: listingWith({ options: limitless }) },
  {
    breaks: 'S13e',
    mistake: 'lists whatever it is asked for',
    around: (store) =>
      altered(store, {
        list: async (prefix) =>
          store.list(prefix.includes('/') ? prefix : `${prefix}/`, { limit: 1 }),
      }),
  },
  {
    breaks: 'S13f',
    mistake: 'lists entries of any age',
    around: listingWith({ options: ageless }),
  },
  {
    breaks: 'S13g',
    mistake: 'counts the age of an entry from its creation',
    parts: { table: (database) => new StickyTable(database, 'written_at_ms') },
  },
  {
    breaks: 'S13h',
    mistake: 'lists entries without their versions',
    around: listingWith({
      entries: (entries) => entries.map((entry) => ({ ...entry, version: absent })),
    }),
  },
  {
    breaks: 'S14',
    mistake: 'finds pending entries in the order of their keys',
    around: pendingWith({ entries: byKey }),
  },
  {
    breaks: 'S14b',
    mistake: 'leaves an entry pending that is written again',
    parts: { table: (database) => new StickyTable(database, 'pending') },
  },
  { breaks: 'S14c', mistake: 'leaves a removed entry pending', around: haunted },
  {
    breaks: 'S14d',
    mistake: 'counts the age of a pending entry from its creation',
    around: byBirth,
  },
  {
    breaks: 'S14e',
    mistake: 'finds pending entries without a limit',
    around: pendingWith({ options: limitless }),
  },
  {
    breaks: 'S14f',
    mistake: 'finds pending entries of any age',
    around: pendingWith({ options: ageless }),
  },
  { breaks: 'S14g', mistake: 'saves outbox rows before the entity', around: oneByOne() },
]
