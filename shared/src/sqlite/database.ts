// Opens a SQLite file the way the broker and the store both need it: a write-ahead log, several
// processes, and a commit that is on the disk before it is acknowledged.
//
// Opening blocks the event loop, for at most `openWithinMs` where other processes hold the file.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expectSchema } from './expect-schema.ts'
import { isLocked } from './locked.ts'

export type Database = Sqlite.Database

export type DatabaseOptions = {
  /** The file, made with its folder where it does not exist. */
  readonly file: string
  /** Statements that make the tables; they must be safe to repeat (`if not exists`). */
  readonly schema: string
}

const openWithinMs = 5000
/** So much memory a connection takes at most for what it has read. */
const cacheKb = 64 * 1024
/** The log's length, in pages of 4 KB, from which on it is copied into the file: about 32 MB. */
const logPages = 8000
/** What `pragma synchronous` reads where every commit waits for the disk. */
const full = 2

/** Throws an Error that names the file when it cannot be opened. */
export function openDatabase({ file, schema }: DatabaseOptions): Database {
  let database: Database | undefined
  try {
    mkdirSync(dirname(file), { recursive: true })
    database = new Sqlite(file, { timeout: openWithinMs })
    setUp(database, schema)
    return database
  } catch (error) {
    database?.close()
    const got = error instanceof Error ? error.message : String(error)
    throw new Error(
      `expected ${file} to be a SQLite file that this process may write, got: ${got}. Choose ` +
        'another file, or move this one away to begin with an empty one',
      { cause: error },
    )
  }
}

function setUp(database: Database, schema: string): void {
  // Of two processes that open a fresh file at the same moment one is refused the change to a
  // write-ahead log at once, whatever its busy timeout, because waiting could be a deadlock.
  blockWhileLocked(() => database.pragma('journal_mode = WAL'))
  // The library's build weakens a write-ahead log to NORMAL, and a power cut may then undo a
  // commit that was already acknowledged. FULL is set by hand, and a test reads it back.
  database.pragma('synchronous = FULL')
  // What is written often stays at hand, and moves from the log into the file once in many times.
  database.pragma(`cache_size = -${cacheKb}`)
  database.pragma(`wal_autocheckpoint = ${logPages}`)
  // On macOS a plain fsync stops at the drive's cache. Elsewhere this changes nothing.
  database.pragma('fullfsync = ON')
  const makeTables = database.transaction(() => {
    expectSchema(database, schema)
    database.exec(schema)
  })
  makeTables.immediate()
  // From here on a locked file is waited for between turns of the event loop, never within one:
  // writes go through `GroupCommit`, reads through `whenUnlocked`.
  database.pragma('busy_timeout = 0')
  expectSetting(database, 'journal_mode', 'wal')
  expectSetting(database, 'synchronous', full)
}

/** SQLite answers a setting that it cannot grant with silence, as `:memory:` does with a log. */
function expectSetting(database: Database, name: string, expected: string | number): void {
  const got = database.pragma(name, { simple: true })
  if (got !== expected) throw new Error(`${name} is ${String(got)} where ${expected} is needed`)
}

function blockWhileLocked(work: () => void): void {
  const giveUpAt = performance.now() + openWithinMs
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      work()
      return
    } catch (error) {
      if (!isLocked(error) || performance.now() >= giveUpAt) throw error
    }
    Atomics.wait(clock, 0, 0, 2)
  }
}
