// The embedded store passes the conformance suite.

import { defaultLimits } from './sqlite/sqlite-store.ts'
import { sqliteWorld } from './sqlite/testing/world.ts'
import { storeContract } from './store.contract.ts'

storeContract({
  name: 'sqlite',
  features: { ...defaultLimits, durable: true },
  world: () => sqliteWorld(),
})
