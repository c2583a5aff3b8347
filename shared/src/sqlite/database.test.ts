// How a file is opened: durably, by several processes at once, or with an error that says why not.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { testDirectory } from './testing/directory.ts'
import { startProcess } from './testing/processes.ts'

const schema = 'create table if not exists item (name text)'
const settingsOf = (database: Sqlite.Database) =>
  ['journal_mode', 'synchronous', 'busy_timeout'].map((name) =>
    database.pragma(name, { simple: true }),
  )

test('every connection waits for the disk on each commit, also after its first write', async () => {
  await using own = await testDirectory()
  const file = join(own.directory, 'a/b/test.sqlite')
  for (const name of ['first', 'second']) {
    const database = openDatabase({ file, schema })
    expect(settingsOf(database)).toEqual(['wal', 2, 0])
    database.prepare('insert into item values (?)').run(name)
    expect(settingsOf(database)).toEqual(['wal', 2, 0])
    database.close()
  }
})

test('what the library sets by itself would not wait for the disk', async () => {
  await using own = await testDirectory()
  const database = new Sqlite(join(own.directory, 'test.sqlite'))
  database.pragma('journal_mode = WAL')
  database.exec(schema)
  expect(database.pragma('synchronous', { simple: true })).toBe(1)
  database.close()
})

test('processes that open a fresh file at the same moment all succeed', async () => {
  await using own = await testDirectory()
  await using one = await startProcess()
  await using two = await startProcess()
  await using three = await startProcess()
  for (let round = 1; round <= 40; round += 1) {
    const order = { kind: 'open', file: join(own.directory, `${round}.sqlite`) } as const
    const answers = await Promise.all([one, two, three].map((process) => process.ask(order)))
    expect(answers).toEqual(['ok', 'ok', 'ok'])
  }
})

test('what cannot be opened is named, with the reason and what to do', async () => {
  await using own = await testDirectory()
  const corrupt = join(own.directory, 'corrupt.sqlite')
  writeFileSync(corrupt, 'this is a letter and not a database. '.repeat(100))
  const folder = join(own.directory, 'folder.sqlite')
  mkdirSync(folder)
  for (const file of [corrupt, folder, join(corrupt, 'below-a-file.sqlite'), ':memory:']) {
    const error = thrownBy(() => openDatabase({ file, schema }))
    expect(error.message).toContain(file)
    expect(error.message).toContain('Choose another file')
    expect(error.cause).toBeInstanceOf(Error)
  }
})

test('a file with the same tables of other columns is refused, and left as it is', async () => {
  await using own = await testDirectory()
  const file = join(own.directory, 'test.sqlite')
  openDatabase({ file, schema: 'create table if not exists item (name text, price)' }).close()
  const more = `${schema}; create table if not exists other (name text)`
  const error = thrownBy(() => openDatabase({ file, schema: more }))
  expect(error.message).toContain(file)
  expect(error.message).toContain('item has the columns name, price where name are needed')
  const database = new Sqlite(file)
  const tables = database.prepare('select name from sqlite_schema').pluck().all()
  database.close()
  expect(tables).toEqual(['item'])
})

function thrownBy(call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected an error, got none')
}
