// Stores that are wrong about what a load gives (S1 to S3).

import type { SqliteStore } from '../sqlite/open-store.ts'
import { EntryTable } from '../sqlite/entry-table.ts'
import type { Entry, Loaded, Store, Version, Write } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import { altered, type Mutant } from './mutant.ts'

/** What `change` makes of each loaded value and of each listed one. */
const showing =
  (change: (value: unknown) => unknown) =>
  (store: Store): Store =>
    altered(store, {
      load: async <T>(key: string, whenAbsent: T) => {
        const { value, version } = await store.load(key, whenAbsent)
        return { value: change(value) as T, version }
      },
    })

class CaselessTable extends EntryTable {
  override get(key: string): Entry | undefined {
    return super.get(key.toLowerCase())
  }

  override apply(write: CheckedWrite): Version {
    return super.apply({ ...write, key: write.key.toLowerCase() })
  }
}

/** Starts writing, and says it is done. */
export function hasty(store: SqliteStore): Store {
  return altered(store, {
    saveAll: async (writes) => {
      void Promise.allSettled([store.saveAll(writes)])
      return writes.map((_, index) => (index + 1) as Version)
    },
  })
}

function caching(store: Store): Store {
  const cache = new Map<string, Loaded<unknown>>()
  return altered(store, {
    load: async <T>(key: string, whenAbsent: T) => {
      const loaded = cache.get(key) ?? (await store.load<unknown>(key, whenAbsent))
      cache.set(key, loaded)
      return loaded as Loaded<T>
    },
  })
}

export const loadingMutants: readonly Mutant[] = [
  {
    breaks: 'S1',
    mistake: 'stores the value given for an absent key',
    around: (store) =>
      altered(store, {
        load: async <T>(key: string, whenAbsent: T) => {
          const loaded = await store.load(key, whenAbsent)
          if (loaded.version === 0 && whenAbsent !== undefined) {
            return { ...loaded, version: await store.save(key, whenAbsent, loaded.version) }
          }
          return loaded
        },
      }),
  },
  {
    breaks: 'S1b',
    mistake: 'takes a stored null for nothing',
    around: (store) =>
      altered(store, {
        load: async <T>(key: string, whenAbsent: T) => {
          const { value, version } = await store.load(key, whenAbsent)
          return { value: value ?? whenAbsent, version }
        },
      }),
  },
  {
    breaks: 'S1c',
    mistake: 'compares keys without regard to case',
    parts: { table: (database) => new CaselessTable(database) },
  },
  { breaks: 'S2', mistake: 'resolves before the commit', around: hasty },
  { breaks: 'S2b', mistake: 'keeps what it loaded once', around: caching },
  {
    breaks: 'S2c',
    mistake: 'reads text as Latin-1',
    around: showing((value) =>
      typeof value === 'string' ? Buffer.from(value).toString('latin1') : value,
    ),
  },
  {
    breaks: 'S3',
    mistake: 'freezes no deeper than the value itself',
    around: showing((value) => Object.freeze(structuredClone(value))),
  },
  {
    breaks: 'S3b',
    mistake: 'serialises a value when it is written, and not when it is given',
    around: (store) =>
      altered(store, {
        saveAll: async (writes: readonly Write[]) => {
          await Promise.resolve()
          return store.saveAll(writes)
        },
      }),
  },
  {
    breaks: 'S3c',
    mistake: 'hands out the value given for an absent key itself',
    around: (store) =>
      altered(store, {
        load: async <T>(key: string, whenAbsent: T) => {
          const loaded = await store.load(key, whenAbsent)
          return loaded.version === 0 ? { ...loaded, value: whenAbsent } : loaded
        },
      }),
  },
]
