// The store over a file that is there. Makes no file, and no tables in one that is something else.

import { readExisting } from '../../sqlite/index.ts'
import type { SqliteStore } from './open-store.ts'
import { sqliteStore } from './sqlite-store.ts'

/** Throws an Error that names the file where it is none of a store. */
export function openStoreFile(file: string): SqliteStore {
  readExisting({
    file,
    what: 'the file of a store',
    read: (database) => database.prepare('select key, pending from entry limit 1').get(),
  })
  return sqliteStore({ file })
}
