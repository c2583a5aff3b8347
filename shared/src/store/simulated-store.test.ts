// The simulated store passes the conformance suite: each case in order, and through random
// schedules.

import { type Process, type Simulation, simulatedCase } from '../simulation/index.ts'
import type { TestTime } from '../world/index.ts'
import type { StoreWorld } from './contract/world.ts'
import { featuresWith } from './limits.ts'
import { SimulatedStore } from './simulated/simulated-store.ts'
import { storeContract } from './store.contract.ts'
import type { Store } from './store.ts'

storeContract({
  name: 'simulated',
  features: featuresWith({}, { ordered: false }),
  run: (obligation) =>
    simulatedCase({
      prepare: (simulation) => (_case, time) => obligation.run(worldOf(simulation, time)),
    }),
})

function worldOf(simulation: Simulation, time: TestTime): StoreWorld {
  const store = new SimulatedStore(simulation)
  const processes = new Map<Store, Process>()
  return {
    ...time,
    open: async () => {
      const name = `process-${processes.size + 1}`
      const process = simulation.process({ name, start: () => undefined })
      const opened = store.open(process)
      processes.set(opened, process)
      return opened
    },
    crash: async (opened) => {
      const process = processes.get(opened)
      if (process) simulation.crash(process)
    },
  }
}
