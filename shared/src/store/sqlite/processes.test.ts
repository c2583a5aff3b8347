// What only an operating system can do to a store: processes that write to one file at the same
// time, and ones that are killed in the middle of a commit.

import { expect, test } from 'vitest'
import { absent } from '../store.ts'
import { valueOf } from '../contract/parts.ts'
import { realTime } from '../../world/index.ts'
import { sqliteStore } from './sqlite-store.ts'
import { testDirectory } from './testing/directory.ts'
import { heldDisk } from '../../sqlite/testing/held-disk.ts'
import { expectDurable } from './testing/durability.fixture.ts'
import { startProcess, type TestProcess } from './testing/processes.ts'
import { found, nameOf, type SetId } from './testing/sets.ts'

const { until } = realTime()
const killings = 10

test('what is saved and what is read has waited for the disk', async () => {
  await using own = await testDirectory()
  await using store = sqliteStore(own)
  await expectDurable(store)
})

test('what another process has saved is on the disk once it is read', async () => {
  await using own = await testDirectory()
  await using store = sqliteStore(own)
  await using other = sqliteStore(own)
  await other.load('order-1', 'nothing')
  using disk = await heldDisk()
  const saving = store.save('order-1', 'paid', absent)
  await disk.asked()
  const loading = other.load('order-1', 'nothing')
  await disk.asked(2)
  disk.letGo()
  expect((await loading).value).toBe('paid')
  await saving
})

test('two processes that increment one number at the same time add up exactly', async () => {
  await using own = await testDirectory()
  const task = { kind: 'increment', key: 'counter', times: 200 } as const
  await using one = startProcess(own.directory, task)
  await using two = startProcess(own.directory, task)
  for (const { reports } of [one, two]) {
    await until(() => reports.at(-1)?.kind === 'finished', 'a process to finish')
  }
  await using store = sqliteStore(own)
  expect(await valueOf(store, 'counter')).toBe(400)
})

test(`after each of ${killings} kills what was acknowledged is there, nothing half`, async () => {
  await using own = await testDirectory()
  const saved = new Map<string, SetId>()
  for (let round = 1; round <= killings; round += 1) {
    const series = `round-${round}`
    await using doomed = startProcess(own.directory, { kind: 'save-sets', series })
    await until(() => doomed.reports.length >= round * 7, 'write sets to be saved')
    await doomed.kill()
    for (const set of savedBy(doomed)) saved.set(nameOf(set), set)

    await using store = sqliteStore(own)
    for (const set of saved.values()) expect(await found(store, set), nameOf(set)).toBe('all')
    const begun = Math.max(...savedBy(doomed).map(({ number }) => number)) + 100
    for (let number = 0; number < begun; number += 1) {
      expect(['all', 'nothing']).toContain(await found(store, { series, number }))
    }
  }
})

test('a process that is killed holds nobody up and takes nothing along', async () => {
  await using own = await testDirectory()
  await using store = sqliteStore(own)
  await using doomed = startProcess(own.directory, { kind: 'save-sets', series: 'doomed' })
  await until(() => doomed.reports.length >= 20, 'write sets to be saved')
  const version = await store.save('order-1', 'before', absent)
  await doomed.kill()
  await store.save('order-1', 'after', version)
  expect(await valueOf(store, 'order-1')).toBe('after')
  for (const set of savedBy(doomed)) expect(await found(store, set)).toBe('all')
})

const savedBy = ({ reports }: TestProcess): readonly SetId[] =>
  reports.flatMap((report) => (report.kind === 'saved' ? [report.set] : []))
