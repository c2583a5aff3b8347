// Everything that a store holds at the end, read from its file and not through the store: what is
// judged must not depend on what is under test.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

type Row = { readonly key: string; readonly value: string }

/** All entries, by their key. To be called when nobody writes any more. */
export function storedIn(directory: string): ReadonlyMap<string, unknown> {
  const database = new Sqlite(join(directory, 'store.sqlite'), { fileMustExist: true })
  try {
    const rows = database.prepare<[], Row>('select key, value from entry').all()
    return new Map(rows.map(({ key, value }) => [key, JSON.parse(value)]))
  } finally {
    database.close()
  }
}
