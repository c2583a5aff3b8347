// The world of a conformance case on a SQLite store: each process is one more connection to a file
// of the case's own. A crash abandons the connection; real processes are in `processes.test.ts`.

import { realTime } from '../../../world/index.ts'
import type { StoreWorld } from '../../contract/world.ts'
import type { Store } from '../../store.ts'
import type { SqliteStore } from '../open-store.ts'
import { sqliteStore } from '../sqlite-store.ts'
import { testDirectory } from './directory.ts'

export type SqliteWorldOptions = {
  /** Opens one process's store. Default: the adapter itself. */
  readonly open?: (directory: string) => SqliteStore
  /** What the case gets to see of it. Default: the store as it is. */
  readonly shown?: (store: SqliteStore) => Store
}

export async function sqliteWorld({
  open = (directory) => sqliteStore({ directory }),
  shown = (store) => store,
}: SqliteWorldOptions = {}): Promise<StoreWorld & AsyncDisposable> {
  const own = await testDirectory()
  const running = new Map<Store, SqliteStore>()
  return {
    ...realTime(),
    open: async () => {
      const store = open(own.directory)
      const seen = shown(store)
      running.set(seen, store)
      return seen
    },
    crash: async (seen) => {
      running.get(seen)?.abandon()
      running.delete(seen)
    },
    [Symbol.asyncDispose]: async () => {
      for (const store of running.values()) await store.close()
      await own[Symbol.asyncDispose]()
    },
  }
}
