// The conformance suite fails every wrong store that we could think of, each in the case that is
// meant for its mistake, and by an assertion: neither by a time limit nor by an error of another
// kind.

import { AssertionError } from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import type { Database } from '../sqlite/index.ts'
import { endingMutants } from './mutants/ending.ts'
import { listingMutants } from './mutants/listing.ts'
import { loadingMutants } from './mutants/loading.ts'
import { type Mutant, openWith } from './mutants/mutant.ts'
import { versionMutants } from './mutants/versions.ts'
import { writeSetMutants } from './mutants/write-sets.ts'
import { testDirectory } from './sqlite/testing/directory.ts'
import { expectDurable } from './sqlite/testing/durability.ts'
import { sqliteWorld } from './sqlite/testing/world.ts'
import { storeObligations } from './store.contract.ts'

const mutants: readonly Mutant[] = [
  ...loadingMutants,
  ...versionMutants,
  ...writeSetMutants,
  ...listingMutants,
  ...endingMutants,
]

describe('the suite refuses a store that', () => {
  for (const { breaks, mistake, parts = {}, around } of mutants) {
    test(`${mistake} (${breaks})`, async () => {
      const obligation = storeObligations.find(({ id }) => id === breaks)
      await using world = await sqliteWorld({
        open: (directory) => openWith(parts, directory),
        ...(around && { shown: around }),
      })
      await expect(obligation?.run(world)).rejects.toBeInstanceOf(AssertionError)
    })
  }

  test('commits without waiting for the disk (SQLite NORMAL)', async () => {
    await using own = await testDirectory()
    const settle = { settle: (database: Database) => database.pragma('synchronous = NORMAL') }
    await using store = openWith(settle, own.directory)
    await expect(expectDurable(store)).rejects.toBeInstanceOf(AssertionError)
  })
})

test('every obligation has a store that fails it', () => {
  const broken = new Set(mutants.map(({ breaks }) => breaks))
  expect(storeObligations.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([])
})

test('every obligation has an id of its own', () => {
  const ids = storeObligations.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
