// The tables of the SQLite store, and the statements on them. Nothing here begins or ends a
// transaction: `apply` belongs inside one, so that it checks versions and writes in one step.

import type { Database } from '../../sqlite/index.ts'
import { frozenJson } from '../frozen.ts'
import { absent, Conflict, type Entry, type ListOptions, type Version } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'

/** Versions count the writes of the whole store, so that no key meets one of them twice. */
export const entrySchema = `
  create table if not exists entry (
    key text not null primary key,
    value text not null,
    version integer not null,
    written_at_ms integer not null,
    pending integer not null
  ) strict;
  create index if not exists entry_pending on entry (version, written_at_ms) where pending = 1;
  create table if not exists last_version (
    id integer primary key check (id = 1),
    version integer not null
  ) strict;
  insert or ignore into last_version (id, version) values (1, 0);
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

  /** Writes what `checked` says and gives the new version. Throws `Conflict`. */
  apply({ key, expected, json, pending }: CheckedWrite): Version {
    const current = this.#statements.version.get(key)?.version ?? absent
    if (current !== expected) throw new Conflict(key)
    if (json === undefined) {
      this.#statements.remove.run(key)
      return absent
    }
    const version = this.#nextVersion()
    const row = { key, json, version, nowMs: Date.now(), pending: pending ? 1 : 0 }
    this.#statements.put.run(row)
    return version
  }

  list(prefix: string, options: Required<ListOptions>): readonly Entry[] {
    const range = { from: prefix, before: firstAfter(prefix), ...bounds(options) }
    return this.#statements.list.all(range).map(entryOf)
  }

  pending(options: Required<ListOptions>): readonly Entry[] {
    return this.#statements.pending.all(bounds(options)).map(entryOf)
  }

  /** What `pragma name` reads on this connection. */
  setting(name: string): unknown {
    return this.#database.pragma(name, { simple: true })
  }

  #nextVersion(): Version {
    const row = this.#statements.next.get()
    if (row === undefined) throw new Error('expected the table last_version to have its one row')
    return row.version as Version
  }
}

function statements(database: Database) {
  return {
    get: database.prepare<[string], Row>(`select ${columns} from entry where key = ?`),
    version: database.prepare<[string], { version: number }>(
      'select version from entry where key = ?',
    ),
    next: database.prepare<[], { version: number }>(
      'update last_version set version = version + 1 returning version',
    ),
    put: database.prepare<[object]>(
      `insert into entry (key, value, version, written_at_ms, pending)
       values (@key, @json, @version, @nowMs, @pending)
       on conflict (key) do update set value = excluded.value, version = excluded.version,
         written_at_ms = excluded.written_at_ms, pending = excluded.pending`,
    ),
    remove: database.prepare<[string]>('delete from entry where key = ?'),
    list: database.prepare<[object], Row>(
      `select ${columns} from entry
       where key >= @from and key < cast(@before as text) and written_at_ms <= @writtenByMs
       order by key limit @limit`,
    ),
    // By version and not by time: versions do not go back when a clock does.
    pending: database.prepare<[object], Row>(
      `select ${columns} from entry where pending = 1 and written_at_ms <= @writtenByMs
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
  value: frozenJson(value),
  version: version as Version,
})
