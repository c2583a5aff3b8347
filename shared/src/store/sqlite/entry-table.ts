// The tables of the SQLite store, and the statements on them. Nothing here begins or ends a
// transaction: `apply` belongs inside one, so that it checks versions and writes in one step.

import { quoted } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import { frozenJson } from '../frozen.ts'
import { absent, Conflict, type Entry, type ListOptions, type Version } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'

/** Versions count the writes of the whole store, so that no key meets one of them twice: that is
 *  what `autoincrement` promises, for rows that were removed as well. */
export const entrySchema = `
  create table if not exists entry (
    version integer primary key autoincrement,
    key text not null unique,
    value text not null,
    written_at_ms integer not null,
    pending integer not null
  ) strict;
  create index if not exists entry_pending on entry (version, written_at_ms) where pending = 1;
`

const columns = 'key, value, version'
/** Later than any clock: the bound of a list in which age does not count. */
const anyTimeMs = Number.MAX_SAFE_INTEGER

type Row = { readonly key: string; readonly value: string; readonly version: number }

export class EntryTable {
  readonly #database: Database
  readonly #statements: ReturnType<typeof statements>

  constructor(database: Database) {
    this.#database = database
    this.#statements = statements(database)
  }

  get(key: string): Entry | undefined {
    const row = this.#statements.get.get(key)
    return row === undefined ? undefined : entryOf(row)
  }

  /** Writes what `checked` says and gives the new version. Throws `Conflict`, amid the write. */
  apply({ key, expected, json, pending }: CheckedWrite): Version {
    const { exists, remove, insert } = this.#statements
    if (expected !== absent) {
      if (remove.run(key, expected).changes === 0) throw new Conflict(key)
    } else if (json === undefined && exists.get(key) === 1) throw new Conflict(key)
    if (json === undefined) return absent
    const { changes, lastInsertRowid } = insert.run(key, json, Date.now(), pending ? 1 : 0)
    if (changes === 0) throw new Conflict(key)
    return Number(lastInsertRowid) as Version
  }

  list(prefix: string, options: Required<ListOptions>): readonly Entry[] {
    const range = { from: prefix, before: firstAfter(prefix), ...bounds(options) }
    return this.#statements.list.all(range).map(entryOf)
  }

  pending(options: Required<ListOptions>): readonly Entry[] {
    return this.#statements.pending.all({ ...bounds(options), nowMs: Date.now() }).map(entryOf)
  }

  /** What `pragma name` reads on this connection. */
  setting(name: string): unknown {
    return this.#database.pragma(name, { simple: true })
  }
}

function statements(database: Database) {
  return {
    get: database.prepare<[string], Row>(`select ${columns} from entry where key = ?`),
    exists: database.prepare<[string], 1>('select 1 from entry where key = ?').pluck(),
    // A row is written anew, and not changed where it is: one that became much smaller, as a record
    // does once it is dispatched, would keep the room that it had for itself. It also takes no look
    // at the version before.
    remove: database.prepare<[string, number]>('delete from entry where key = ? and version = ?'),
    insert: database.prepare<[string, string, number, number]>(
      `insert into entry (key, value, written_at_ms, pending) values (?, ?, ?, ?)
       on conflict (key) do nothing`,
    ),
    list: database.prepare<[object], Row>(
      `select ${columns} from entry
       where key >= @from and key < cast(@before as text) and written_at_ms <= @writtenByMs
       order by key limit @limit`,
    ),
    // By version and not by time: versions do not go back when a clock does. What was written later
    // than now is of no known age then, and must not wait for the clock to be there again.
    pending: database.prepare<[object], Row>(
      `select ${columns} from entry
       where pending = 1 and (written_at_ms <= @writtenByMs or written_at_ms > @nowMs)
       order by version limit @limit`,
    ),
  }
}

/** The first key that does not begin with `prefix`: no byte of UTF-8 is the highest there is. */
function firstAfter(prefix: string): Buffer {
  const bytes = Buffer.from(prefix)
  const last = bytes.length - 1
  bytes[last] = (bytes[last] ?? 0) + 1
  return bytes
}

function bounds({ limit, olderThanMs }: Required<ListOptions>) {
  return { limit, writtenByMs: olderThanMs === 0 ? anyTimeMs : Date.now() - olderThanMs }
}

const entryOf = ({ key, value, version }: Row): Entry => ({
  key,
  value: valueIn(key, value),
  version: version as Version,
})

function valueIn(key: string, json: string): unknown {
  try {
    return frozenJson(json)
  } catch (error) {
    throw new Error(
      `expected ${key} to hold JSON, got ${quoted(json)}. Another program has written it`,
      { cause: error },
    )
  }
}
