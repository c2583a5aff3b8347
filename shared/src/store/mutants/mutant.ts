// Wrong stores, each with one mistake that somebody has made before. A case of the conformance
// suite that no mutant fails has not been shown to test anything.

import { join } from 'node:path'
import { GroupCommit, type Database, openDatabase } from '../../sqlite/index.ts'
import { decoratedStore } from '../decorated-store.ts'
import { featuresWith, type StoreLimits } from '../limits.ts'
import { EntryTable, entrySchema } from '../sqlite/entry-table.ts'
import { OpenStore, type SqliteStore } from '../sqlite/open-store.ts'
import type { Store, Version } from '../store.ts'

export type Mutant = {
  /** The obligation whose case this store must fail, by an assertion: `S4b`. */
  readonly breaks: string
  /** What it does wrong, as a verb phrase. */
  readonly mistake: string
  /** The wrong store around a right one. Default: the store as it is. */
  readonly around?: (store: SqliteStore) => Store
  /** The right store with one part exchanged. Default: nothing exchanged. */
  readonly parts?: MutantParts
}

export type MutantParts = {
  readonly limits?: Partial<StoreLimits>
  readonly table?: (database: Database) => EntryTable
  readonly group?: (database: Database) => GroupCommit
}

/** The SQLite store, with these parts in the place of its own. */
export function openWith({ limits, table, group }: MutantParts, directory: string): SqliteStore {
  const database = openDatabase({ file: join(directory, 'store.sqlite'), schema: entrySchema })
  return new OpenStore({
    features: featuresWith(limits),
    table: table ? table(database) : new EntryTable(database),
    group: group ? group(database) : new GroupCommit(database),
    lockedForMs: 5000,
    closeFile: () => void database.close(),
  })
}

/** `store` with some calls exchanged. An exchanged `saveAll` serves `save` and `remove` too. */
export function altered(store: Store, changes: Partial<Store>): Store {
  const { saveAll } = changes
  if (saveAll === undefined) return decoratedStore(store, changes)
  return decoratedStore(store, {
    save: async (key, value, expected) => {
      const [version] = await saveAll([{ key, value, expected }])
      return version as Version
    },
    remove: async (key, expected) => {
      await saveAll([{ key, remove: true, expected }])
    },
    ...changes,
  })
}

/** Saves one write after the other, and lets `between` happen after each. */
export const oneByOne =
  (between: () => Promise<void> = async () => {}) =>
  (store: Store): Store =>
    altered(store, {
      saveAll: async (writes) => {
        const versions: Version[] = []
        for (const write of writes) {
          versions.push(...(await store.saveAll([write])))
          await between()
        }
        return versions
      },
    })
