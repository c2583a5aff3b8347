// The conformance suite fails every wrong store that we could think of, each in the case that is
// meant for its mistake, and by an assertion: neither by a time limit nor by an error of another
// kind.

import { AssertionError } from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import { type Database, GroupCommit } from '../sqlite/index.ts'
import { quickDisk } from '../sqlite/testing/held-disk.ts'
import { endingMutants } from './mutants/ending.ts'
import { listingMutants } from './mutants/listing.ts'
import { loadingMutants } from './mutants/loading.ts'
import { type Mutant, openWith } from './mutants/mutant.ts'
import { versionMutants } from './mutants/versions.ts'
import { writeSetMutants } from './mutants/write-sets.ts'
import { testDirectory } from './sqlite/testing/directory.ts'
import { expectDurable } from './sqlite/testing/durability.fixture.ts'
import { sqliteWorld } from './sqlite/testing/world.ts'
import { storeObligations } from './store.contract.ts'

const mutants: readonly Mutant[] = [
  ...loadingMutants,
  ...versionMutants,
  ...writeSetMutants,
  ...listingMutants,
  ...endingMutants,
]

class TrustsWhatItReads extends GroupCommit {
  override onDisk(): Promise<void> {
    return Promise.resolve()
  }
}

const hasty = [
  {
    mistake: 'acknowledges what is not on the disk',
    group: (database: Database) => new GroupCommit(database, { disk: quickDisk }),
  },
  {
    mistake: 'gives what is not on the disk',
    group: (database: Database) => new TrustsWhatItReads(database),
  },
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

  test.each(hasty)('$mistake', async ({ group }) => {
    await using own = await testDirectory()
    await using store = openWith({ group }, own.directory)
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
