// The world of the conformance cases on the simulated broker: every "process" is one, and a crash
// leaves it without any code.

import { type Process, type Simulation, simulatedCase } from '../../../simulation/index.ts'
import type { TestTime } from '../../../world/index.ts'
import type { Broker } from '../../broker.ts'
import type { BrokerObligation, BrokerWorld } from '../../contract/world.ts'
import { SimulatedBroker } from '../simulated-broker.ts'

/** Nothing is ever too slow for it. */
const slowMs = 300

/** Runs a case in order, and then through random schedules. Rejects with what failed, and the
 *  schedule that makes it fail. */
export function simulatedBrokerCase(obligation: BrokerObligation): Promise<void> {
  return simulatedCase({
    prepare: (simulation) => (_process, time) => obligation.run(worldOf(simulation, time)),
  })
}

function worldOf(simulation: Simulation, time: TestTime): BrokerWorld {
  const broker = new SimulatedBroker(simulation)
  const processes = new Map<Broker, Process>()
  return {
    ...time,
    slowMs,
    open: async () => {
      const name = `process-${processes.size + 1}`
      const process = simulation.process({ name, start: () => undefined })
      const opened = broker.open(process)
      processes.set(opened, process)
      return opened
    },
    crash: async (opened) => {
      const process = processes.get(opened)
      if (process) simulation.crash(process)
    },
  }
}
