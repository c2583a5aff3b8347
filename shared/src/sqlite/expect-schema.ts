// Whether the tables of an existing file are the ones that a schema would make. `create table if not
// exists` says nothing where they are not, and the first statement would fail without a word about
// the file.

import Sqlite from 'better-sqlite3'

/** Throws where `database` has a table of `schema` with other columns. Makes none. */
export function expectSchema(database: Sqlite.Database, schema: string): void {
  const model = new Sqlite(':memory:')
  try {
    model.exec(schema)
    const tables = model.prepare<[], string>("select name from sqlite_schema where type = 'table'")
    for (const table of tables.pluck().all()) {
      const got = columnsOf(database, table)
      const expected = columnsOf(model, table)
      if (got === '' || got === expected) continue
      throw new Error(
        `its table ${table} has the columns ${got} where ${expected} are needed: another version ` +
          'of this workshop, or another program, has made it',
      )
    }
  } finally {
    model.close()
  }
}

/** Empty where there is no such table. */
const columnsOf = (database: Sqlite.Database, table: string): string =>
  database
    .prepare<[string], string>(
      "select name || iif(pk > 0, ' (key)', '') from pragma_table_info(?) order by cid",
    )
    .pluck()
    .all(table)
    .join(', ')
