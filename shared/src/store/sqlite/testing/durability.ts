// The settings without which a power cut could undo an acknowledged write. They are read back on
// the connection that writes, and after a write: the library changes one of them by then.

import assert from 'node:assert/strict'
import { absent } from '../../store.ts'
import type { SqliteStore } from '../open-store.ts'

export async function expectDurable(store: SqliteStore): Promise<void> {
  await store.save('order-1', 'paid', absent)
  assert.equal(store.setting('synchronous'), 2, 'expected synchronous to read 2, which is FULL')
  assert.equal(store.setting('journal_mode'), 'wal')
}
