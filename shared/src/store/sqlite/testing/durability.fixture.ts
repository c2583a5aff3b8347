// Without this a power cut could undo an acknowledged write, or one that somebody has acted on.

import assert from 'node:assert/strict'
import { firstOf, heldDisk } from '../../../sqlite/testing/held-disk.ts'
import { absent } from '../../store.ts'
import type { SqliteStore } from '../open-store.ts'

/** What is saved, and what is read of it meanwhile, has waited for the disk. */
export async function expectDurable(store: SqliteStore): Promise<void> {
  using disk = await heldDisk()
  assert.equal(store.setting('journal_mode'), 'wal')
  const saving = store.save('order-1', 'paid', absent)
  assert.equal(await firstOf(disk, saving), 'asked', 'expected a save to wait for the disk')
  const loading = store.load('order-1', undefined)
  const listing = store.list('order-1/', { limit: 1 })
  disk.letGo()
  await saving
  const reading = Promise.race([loading, listing])
  assert.equal(await firstOf(disk, reading), 'asked', 'expected a read to wait for the disk')
  disk.letGo()
  await Promise.all([loading, listing])
}
