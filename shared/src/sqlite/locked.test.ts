// Waiting for a locked file, and what the errors of the database become for a caller.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Unavailable } from '../world/index.ts'
import { openDatabase } from './database.ts'
import { whenUnlocked } from './locked.ts'
import { testDirectory } from './testing/directory.ts'
import { startProcess } from './testing/processes.ts'

const schema = 'create table if not exists item (name text)'

/** Throws `error` so many times, and then does its work. */
function failing(times: number, error: Error): () => string {
  let left = times
  return () => {
    left -= 1
    if (left >= 0) throw error
    return 'done'
  }
}

const errorOf = (code: string): Error => new Sqlite.SqliteError(`the message of ${code}`, code)

test('a file that another process has locked is waited for without blocking', async () => {
  await using own = await testDirectory()
  const file = join(own.directory, 'test.sqlite')
  const database = openDatabase({ file, schema })
  await using other = await startProcess()
  expect(await other.ask({ kind: 'lock', file })).toBe('ok')
  const work = (): string => {
    database.exec('begin immediate; rollback')
    return 'done'
  }
  const giveUpAtMs = performance.now() + 20
  await expect(whenUnlocked(work, { giveUpAtMs })).rejects.toBeInstanceOf(Unavailable)

  // This event loop sends the order that ends the lock: it could not if waiting blocked it.
  const waiting = whenUnlocked(work)
  expect(await other.ask({ kind: 'unlock' })).toBe('ok')
  expect(await waiting).toBe('done')
  database.close()
})

// A reader is refused while another process builds the log's index again after a crash, which takes
// a moment that no test can hold on to.
test.each(['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY', 'SQLITE_LOCKED'])(
  'work that is refused with %s is done again',
  async (code) => {
    expect(await whenUnlocked(failing(3, errorOf(code)))).toBe('done')
    const giveUpAtMs = performance.now()
    const refused = whenUnlocked(failing(3, errorOf(code)), { giveUpAtMs })
    await expect(refused).rejects.toThrow(`got ${code}`)
    await expect(refused).rejects.toBeInstanceOf(Unavailable)
  },
)

test.each(['SQLITE_FULL', 'SQLITE_IOERR_FSYNC', 'SQLITE_CORRUPT', 'SQLITE_PROTOCOL'])(
  'work that the disk refuses with %s is not done again, and is unavailable',
  async (code) => {
    const cause = errorOf(code)
    const refused = whenUnlocked(failing(1, cause))
    await expect(refused).rejects.toBeInstanceOf(Unavailable)
    await expect(refused).rejects.toMatchObject({ cause })
  },
)

test('a mistake in a statement is not taken for the state of the machine', async () => {
  const database = new Sqlite(':memory:')
  const reading = whenUnlocked(() => database.prepare('select name from nowhere'))
  await expect(reading).rejects.toThrow('no such table: nowhere')
  await expect(reading).rejects.not.toBeInstanceOf(Unavailable)
})
