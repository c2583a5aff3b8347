// The simulated broker passes the conformance suite: each case in order, and through random
// schedules.

import { brokerContract } from './broker.contract.ts'
import { simulatedBrokerCase } from './simulated/testing/world.ts'

brokerContract({
  name: 'simulated',
  features: { ordered: true, releaseIsFree: true, durable: true },
  run: (obligation) => simulatedBrokerCase(obligation),
})
