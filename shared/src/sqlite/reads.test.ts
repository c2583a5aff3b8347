// Which statements reach the database where several callers read at the same time.

import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { GroupCommit } from './group-commit.ts'
import { quickDisk } from './testing/held-disk.ts'

function opened() {
  const statements: string[] = []
  const database = new Sqlite(':memory:', { verbose: (sql) => statements.push(String(sql)) })
  database.exec('create table item (name text unique)')
  const group = new GroupCommit(database, { disk: quickDisk, nowMs: () => own.nowMs })
  const [count, add] = [
    database.prepare<[], number>('select count(*) from item').pluck(),
    database.prepare<[string]>('insert into item values (?)'),
  ]
  statements.splice(0)
  const own = {
    nowMs: 0,
    statements,
    database,
    read: async () => group.read(() => count.get()),
    save: (name: string) => group.run(() => add.run(name).changes),
    group,
    [Symbol.asyncDispose]: async () => {
      await group.close()
      database.close()
    },
  }
  return own
}

const select = 'select count(*) from item'

test('those who read at the same time share a transaction, and later ones have another', async () => {
  await using own = opened()
  expect(await Promise.all([own.read(), own.read(), own.read()])).toEqual([0, 0, 0])
  expect(own.statements.splice(0)).toEqual(['BEGIN', select, select, select, 'COMMIT'])
  expect(own.database.inTransaction).toBe(false)
  await own.read()
  expect(own.statements).toEqual(['BEGIN', select, 'COMMIT'])
})

test('a write that is in a hurry begins amid them, when they have ended', async () => {
  await using own = opened()
  const saving = own.save('candle')
  own.nowMs += 2
  const reading = own.read()
  own.group.hurry()
  expect(await Promise.all([reading, saving, own.read()])).toEqual([0, 1, 1])
  expect(own.statements.slice(0, 4)).toEqual(['BEGIN', select, 'COMMIT', 'BEGIN IMMEDIATE'])
})

test('a read that fails leaves no transaction open, and takes nobody else along', async () => {
  await using own = opened()
  const failing = (): never =>
    own.group.read(() => own.database.prepare('select 1 from nothing') as never)
  const reading = [own.read(), Promise.resolve().then(failing), own.read()]
  const outcomes = await Promise.allSettled(reading)
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(own.database.inTransaction).toBe(false)
})
