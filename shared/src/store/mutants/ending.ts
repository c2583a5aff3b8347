// Stores that are wrong about the end of a process (S15, S16).

import type { SqliteStore } from '../sqlite/open-store.ts'
import type { Store } from '../store.ts'
import { Unavailable } from '../../world/index.ts'
import { hasty } from './loading.ts'
import { altered, type Mutant, oneByOne } from './mutant.ts'
import { OwnVersionsTable } from './versions.ts'

/** Closed for writes, but not for reads. */
function halfClosed(store: SqliteStore): Store {
  let closed = false
  return altered(store, {
    saveAll: async (writes) => {
      if (closed) throw new Unavailable('closed')
      return store.saveAll(writes)
    },
    close: async () => {
      closed = true
    },
  })
}

function closesOnce(store: SqliteStore): Store {
  let closed = false
  return altered(store, {
    close: async () => {
      if (closed) throw new Error('expected an open store, got a closed one')
      closed = true
      await store.close()
    },
  })
}

function fromOne(): (before: number) => number {
  let last = 0
  return () => (last += 1)
}

export const endingMutants: readonly Mutant[] = [
  {
    breaks: 'S15',
    mistake: 'drops on closing what waits to be written',
    around: (store) => altered(store, { close: async () => store.abandon() }),
  },
  { breaks: 'S15b', mistake: 'still reads after it was closed', around: halfClosed },
  { breaks: 'S15c', mistake: 'takes a second closing for an error', around: closesOnce },
  { breaks: 'S16', mistake: 'acknowledges what it has not written yet', around: hasty },
  {
    breaks: 'S16b',
    mistake: 'lets a crash come between two writes of a set',
    around: oneByOne(() => new Promise(() => {})),
  },
  {
    breaks: 'S16c',
    mistake: 'counts versions in memory',
    parts: { table: (database) => new OwnVersionsTable(database, fromOne()) },
  },
]
