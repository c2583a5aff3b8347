// A store in one SQLite file, shared by any number of processes of one machine. Reads see every
// acknowledged write of every process; the writes of one turn of the event loop share a commit, and
// what was acknowledged is on the disk.
//
// Not promised: anything on a network file system, where SQLite's locks do not hold.

import { join } from 'node:path'
import { Unavailable } from '../../world/index.ts'
import { GroupCommit, openDatabase, whenUnlocked } from '../../sqlite/index.ts'
import { frozenCopy } from '../frozen.ts'
import { checkKey, checkPrefix } from '../keys.ts'
import { checkListOptions } from '../list-options.ts'
import {
  absent,
  type Entry,
  type ListOptions,
  type Loaded,
  type Store,
  type StoreFeatures,
  type Version,
  type Write,
} from '../store.ts'
import { checkWrites } from '../write-set.ts'
import { EntryTable, entrySchema } from './entry-table.ts'

type Limits = Omit<StoreFeatures, 'durable'>

export type SqliteStoreOptions = (
  | { /** The folder of the file `store.sqlite`. */ readonly directory: string }
  | { readonly file: string }
) & {
  /** Smaller or larger limits than those of DynamoDB, which are the default. */
  readonly limits?: Partial<Limits>
  /** How long a file that other processes hold is waited for, in milliseconds. Default 5000. */
  readonly lockedForMs?: number
}

export interface SqliteStore extends Store {
  /** What `pragma name` reads on the connection that this store writes with. */
  setting(name: string): unknown
  /** What a killed process does, for tests: accepted writes are not finished, nothing settles. */
  abandon(): void
}

export const defaultLimits: Limits = {
  maxWrites: 100,
  maxValueBytes: 400_000,
  maxTotalBytes: 4_000_000,
}

/** Opens the store, and makes its file where there is none. Throws an Error that names the file. */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  const file = 'file' in options ? options.file : join(options.directory, 'store.sqlite')
  const features = { ...defaultLimits, ...options.limits, durable: true }
  const database = openDatabase({ file, schema: entrySchema })
  const { lockedForMs } = options
  return new OpenStore({
    features,
    table: new EntryTable(database),
    group: new GroupCommit(database, lockedForMs === undefined ? {} : { lockedForMs }),
    closeFile: () => database.close(),
  })
}
