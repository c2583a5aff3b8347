// Looking into a SQLite file that is there, without a change: for those who want to know whose file
// it is before they open it in earnest. Makes no file.

import { statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Database } from './database.ts'

export type ExistingOptions<T> = {
  readonly file: string
  /** What it should be, for people: `the queue file of an embedded broker`. */
  readonly what: string
  readonly read: (database: Database) => T
}

const openWithinMs = 5000

/** What `read` gives. Throws an Error that names the file where there is none, or `read` throws. */
export function readExisting<T>({ file, what, read }: ExistingOptions<T>): T {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) {
    throw new Error(`expected ${what} at ${file}, found ${found ? 'a folder' : 'nothing'} there`)
  }
  let database: Database | undefined
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: openWithinMs })
    return read(database)
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error)
    throw new Error(`expected ${file} to be ${what}, got: ${got}`, { cause: error })
  } finally {
    database?.close()
  }
}
