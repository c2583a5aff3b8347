// The embedded broker passes the conformance suite.

import { brokerContract } from './broker.contract.ts'
import { sqliteWorld } from './sqlite/testing/world.ts'

brokerContract({
  name: 'sqlite',
  features: { ordered: true, releaseIsFree: true, durable: true },
  run: async (obligation) => {
    await using world = await sqliteWorld()
    await obligation.run(world)
  },
})
