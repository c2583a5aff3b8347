// The conformance suite of stores: the obligations of `store.ts`, each as a case. An adapter passes
// when every case passes whose feature it declares; the others are skipped, with the reason.
//
// Not in here: what only an operating system can do to an adapter (`kill -9`, a full disk, a
// pragma). That is in the adapters' own tests.

import { describe, test } from 'vitest'
import { bounds } from './contract/bounds.ts'
import { ending } from './contract/ending.ts'
import { listing } from './contract/listing.ts'
import { loading } from './contract/loading.ts'
import { pending } from './contract/pending.ts'
import { versions } from './contract/versions.ts'
import type { StoreObligation } from './contract/world.ts'
import { writeSets } from './contract/write-sets.ts'
import type { StoreFeatures } from './store.ts'

export type { StoreObligation, StoreWorld } from './contract/world.ts'

export const storeObligations: readonly StoreObligation[] = [
  ...loading,
  ...versions,
  ...writeSets,
  ...bounds,
  ...listing,
  ...pending,
  ...ending,
]

export type StoreAdapter = {
  readonly name: string
  readonly features: StoreFeatures
  /** Runs a case in a world of its own: a store in which nothing is saved yet. */
  run(obligation: StoreObligation): Promise<void>
}

/** Registers one test per obligation. */
export function storeContract(adapter: StoreAdapter): void {
  describe(`the ${adapter.name} store`, () => {
    for (const obligation of storeObligations) {
      const { id, title, needs = [] } = obligation
      const missing = [needs].flat().filter((name) => !adapter.features[name])
      const isMissing = missing.length > 0
      const reason = isMissing ? ` (skipped: it does not declare ${missing.join(', ')})` : ''
      test.skipIf(isMissing)(`${id} ${title}${reason}`, () => adapter.run(obligation))
    }
  })
}
