// Stores that are wrong about versions (S4 to S7).

import type { Database } from '../../sqlite/index.ts'
import { EntryTable } from '../sqlite/entry-table.ts'
import { absent, Conflict, type Store, type Version, type Write } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import { altered, type Mutant } from './mutant.ts'

/** Does not look at the versions of the writes that `blindTo` names. */
class UncheckedTable extends EntryTable {
  readonly #blindTo: (write: CheckedWrite) => boolean

  constructor(database: Database, blindTo: (write: CheckedWrite) => boolean) {
    super(database)
    this.#blindTo = blindTo
  }

  override apply(write: CheckedWrite): Version {
    if (!this.#blindTo(write)) return super.apply(write)
    return super.apply({ ...write, expected: this.get(write.key)?.version ?? absent })
  }
}

const unchecked = (blindTo: (write: CheckedWrite) => boolean) => ({
  table: (database: Database) => new UncheckedTable(database, blindTo),
})

/** Gives versions of its own in the place of the store-wide ones. */
export class OwnVersionsTable extends EntryTable {
  readonly #next: (before: Version) => number
  readonly #renumber: (version: number, key: string) => void

  constructor(database: Database, next: (before: Version) => number) {
    super(database)
    this.#next = next
    const statement = database.prepare('update entry set version = ? where key = ?')
    this.#renumber = (version, key) => void statement.run(version, key)
  }

  override apply(write: CheckedWrite): Version {
    const before = this.get(write.key)?.version ?? absent
    if (super.apply(write) === absent) return absent
    const version = this.#next(before)
    this.#renumber(version, write.key)
    return version as Version
  }
}

class RemovesSomethingTable extends EntryTable {
  override apply(write: CheckedWrite): Version {
    if (write.json === undefined && write.expected === absent) throw new Conflict(write.key)
    return super.apply(write)
  }
}

async function demandCurrent(store: Store, writes: readonly Write[]): Promise<void> {
  for (const { key, expected } of writes) {
    if ((await store.load(key, undefined)).version !== expected) throw new Conflict(key)
  }
}

export const versionMutants: readonly Mutant[] = [
  {
    breaks: 'S4',
    mistake: 'saves whatever the version is',
    parts: unchecked(({ json }) => json !== undefined),
  },
  {
    breaks: 'S4b',
    mistake: 'checks versions before the transaction instead of inside it',
    parts: unchecked(() => true),
    around: (store) =>
      altered(store, {
        saveAll: async (writes) => {
          await demandCurrent(store, writes)
          return store.saveAll(writes)
        },
      }),
  },
  {
    breaks: 'S4c',
    mistake: 'takes the version after a save for the one before it and one',
    around: (store) =>
      altered(store, {
        saveAll: async (writes) => {
          await store.saveAll(writes)
          return writes.map(({ expected }) => (expected + 1) as Version)
        },
      }),
  },
  {
    breaks: 'S5',
    mistake: 'creates with "insert or replace"',
    parts: unchecked(({ expected }) => expected === absent),
  },
  {
    breaks: 'S6',
    mistake: 'counts the versions of each key from 1, again after a removal',
    parts: { table: (database) => new OwnVersionsTable(database, (before) => before + 1) },
  },
  {
    breaks: 'S7',
    mistake: 'removes whatever the version is',
    parts: unchecked(({ json }) => json === undefined),
  },
  {
    breaks: 'S7b',
    mistake: 'takes the removal of nothing for a conflict',
    parts: { table: (database) => new RemovesSomethingTable(database) },
  },
]
