// The embedded store passes the conformance suite.

import { featuresWith } from './limits.ts'
import { sqliteWorld } from './sqlite/testing/world.ts'
import { storeContract } from './store.contract.ts'

storeContract({
  name: 'sqlite',
  features: featuresWith(),
  run: async (obligation) => {
    await using world = await sqliteWorld()
    await obligation.run(world)
  },
})
