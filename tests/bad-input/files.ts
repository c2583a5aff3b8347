// Folders and files in which no broker or store can be.

import { mkdir, stat, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sqliteBroker } from '@workshop/shared/broker'
import { absent, sqliteStore } from '@workshop/shared/store'
import Sqlite from 'better-sqlite3'
import { refused, type RefusedRow } from './refused.ts'

const row = refused('the file stays as it is')

const advice = 'Choose another file, or move this one away to begin with an empty one'
const notOpened = (why: string): string =>
  `Error: expected …broker.sqlite to be a SQLite file that this process may write, got: ${why}. ${advice}`

/** What is in the place of the broker's file. */
const inItsPlace = (
  given: string,
  make: (file: string) => Promise<unknown>,
  why: string,
): RefusedRow =>
  row(
    given,
    async ({ directory }) => {
      await make(join(directory, 'broker.sqlite'))
      return sqliteBroker({ directory })
    },
    notOpened(why),
  )

async function inDatabase(file: string, sql: string): Promise<void> {
  const database = new Sqlite(file)
  await Promise.resolve(database.exec(sql))
  database.close()
}

export const files: readonly RefusedRow[] = [
  inItsPlace(
    'a folder in the place of the file',
    (file) => mkdir(file),
    'unable to open database file',
  ),
  inItsPlace(
    'a text file in its place',
    (file) => writeFile(file, 'Dear broker, '.repeat(100)),
    'file is not a database',
  ),
  inItsPlace(
    'a file that was cut off',
    async (file) => {
      await sqliteBroker({ directory: dirname(file) }).close()
      await truncate(file, (await stat(file)).size / 2)
    },
    'database disk image is malformed',
  ),
  inItsPlace(
    'a file of a later version',
    (file) =>
      inDatabase(
        file,
        'create table queue (name text primary key, delivery_limit integer, color text)',
      ),
    'its table queue has the columns name (key), delivery_limit, color where name (key), delivery_limit are needed: another version of this workshop, or another program, has made it',
  ),
  inItsPlace(
    'a file of another program',
    (file) => inDatabase(file, 'create table message (sender text, subject text)'),
    'its table message has the columns sender, subject where seq (key), queue, attempts, due_at_ms, owner, lease_ms, last_reason are needed: another version of this workshop, or another program, has made it',
  ),
  row(
    'a file in the place of the folder',
    async ({ directory }) => {
      await writeFile(join(directory, 'shop'), '')
      return sqliteBroker({ directory: join(directory, 'shop') })
    },
    notOpened("EEXIST: file already exists, mkdir '…'"),
  ),
  row(
    'a file in the place of a folder above it',
    async ({ directory }) => {
      await writeFile(join(directory, 'shop'), '')
      return sqliteBroker({ directory: join(directory, 'shop/deep/below') })
    },
    notOpened("ENOTDIR: not a directory, mkdir '…'"),
  ),
  row(
    'an entity that somebody else has written, and not as JSON',
    async ({ directory }) => {
      await using store = sqliteStore({ directory })
      await store.save('order-1', 'bell', absent)
      await inDatabase(join(directory, 'store.sqlite'), "update entry set value = '{bell'")
      await store.load('order-1', '')
    },
    'Error: expected order-1 to hold JSON, got "{bell". Another program has written it',
  ),
]
