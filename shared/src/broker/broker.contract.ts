// The conformance suite of brokers: the obligations of `broker.ts`, each as a case. An adapter
// passes when every case passes whose feature it declares; the others are skipped, with the reason.
//
// Not in here: what only an operating system can do to an adapter (`kill -9`, a cut wire, a
// pragma). That is in the adapters' own tests.

import { describe, test } from 'vitest'
import type { BrokerFeatures } from './broker.ts'
import { bounds } from './contract/bounds.ts'
import { consuming } from './contract/consuming.ts'
import { deadLettering } from './contract/dead-letters.ts'
import { publishing } from './contract/publishing.ts'
import { routing } from './contract/routing.ts'
import { settling } from './contract/settling.ts'
import { stopping } from './contract/stopping.ts'
import { watching } from './contract/watching.ts'
import type { BrokerObligation } from './contract/world.ts'

export type { BrokerObligation, BrokerWorld } from './contract/world.ts'

export const brokerObligations: readonly BrokerObligation[] = [
  ...publishing,
  ...routing,
  ...settling,
  ...deadLettering,
  ...consuming,
  ...stopping,
  ...bounds,
  ...watching,
]

export type BrokerAdapter = {
  readonly name: string
  readonly features: BrokerFeatures
  /** Runs a case in a world of its own: a broker on which nothing is declared yet. */
  run(obligation: BrokerObligation): Promise<void>
}

/** Registers one test per obligation. */
export function brokerContract(adapter: BrokerAdapter): void {
  describe(`the ${adapter.name} broker`, () => {
    for (const obligation of brokerObligations) {
      const { id, title, needs } = obligation
      const isSkipped = needs !== undefined && !adapter.features[needs]
      const reason = isSkipped ? ` (skipped: it does not declare ${needs})` : ''
      test.skipIf(isSkipped)(`${id} ${title}${reason}`, () => adapter.run(obligation))
    }
  })
}
