// A store in one SQLite file, shared by any number of processes of one machine. Reads see every
// acknowledged write of every process; the writes of one turn of the event loop share a commit, and
// what was acknowledged is on the disk.
//
// Not promised: anything on a network file system, where SQLite's locks do not hold.

import { join } from 'node:path'
import { type Commit, defaultLockedForMs, GroupCommit, openDatabase } from '../../sqlite/index.ts'
import { featuresWith, type StoreLimits } from '../limits.ts'
import { EntryTable, entrySchema } from './entry-table.ts'
import { OpenStore, type SqliteStore } from './open-store.ts'

export type SqliteStoreOptions = {
  /** Other limits than `defaultLimits`, each a whole number of 1 or more. */
  readonly limits?: Partial<StoreLimits>
  /** How long a file that other processes hold is waited for, in milliseconds. Default 5000. */
  readonly lockedForMs?: number
  /** Is told of each transaction. It must not throw. Default: nobody is. */
  readonly onCommit?: (commit: Commit) => void
} & (
  | {
      /** The folder of the file `store.sqlite`. */
      readonly directory: string
    }
  | { readonly file: string }
)

/** Opens the store, and makes its file where there is none. Throws an Error that names the file. */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  const { limits, lockedForMs = defaultLockedForMs, onCommit } = options
  const features = featuresWith(limits)
  const file = 'file' in options ? options.file : join(options.directory, 'store.sqlite')
  const database = openDatabase({ file, schema: entrySchema })
  return new OpenStore({
    features,
    table: new EntryTable(database),
    group: new GroupCommit(database, { lockedForMs, ...(onCommit ? { onCommit } : {}) }),
    lockedForMs,
    closeFile: () => void database.close(),
  })
}
