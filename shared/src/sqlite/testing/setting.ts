// What the tests of a group commit are about: a file with a group over it, and somebody who watches
// it from another connection.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type Database, openDatabase } from '../database.ts'
import { GroupCommit, type GroupCommitOptions } from '../group-commit.ts'
import { testDirectory } from './directory.ts'
import { quickDisk } from './held-disk.ts'

const schema = `
  create table if not exists item (name text primary key, size text);
  create table if not exists wheel (item text references item deferrable initially deferred);
`

type Setting = AsyncDisposable & {
  readonly file: string
  readonly database: Database
  readonly group: GroupCommit
  save(name: string, size?: number): Promise<string>
  /** The names that another connection sees: what is committed, and nothing else. */
  committed(): readonly string[]
}

/** Its disk has everything at once, unless `options` say otherwise. */
export async function setting(options: GroupCommitOptions = {}): Promise<Setting> {
  const own = await testDirectory()
  const file = join(own.directory, 'test.sqlite')
  const database = openDatabase({ file, schema })
  const group = new GroupCommit(database, { disk: quickDisk, ...options })
  const observer = new Sqlite(file)
  const insert = database.prepare('insert into item values (?, ?)')
  const names = observer.prepare<[], string>('select name from item order by rowid').pluck()
  return {
    file,
    database,
    group,
    save: (name, size = 1) =>
      group.run(() => {
        insert.run(name, 'x'.repeat(size))
        return name
      }),
    committed: () => names.all(),
    [Symbol.asyncDispose]: async () => {
      await group.close()
      database.close()
      observer.close()
      await own[Symbol.asyncDispose]()
    },
  }
}
