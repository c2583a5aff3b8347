// The world of the conformance cases on the embedded broker: a directory of its own, and every
// "process" a connection of its own. Real processes are in `processes.ts`.

import type { Broker } from '../../broker.ts'
import { realTime } from '../../../world/index.ts'
import type { BrokerWorld } from '../../contract/world.ts'
import { type SqliteBroker, sqliteBroker, type SqliteBrokerOptions } from '../sqlite-broker.ts'
import { testDirectory } from './directory.ts'

/** Short, because cases wait for the leases of dead processes to end. */
export const leaseMs = 450

export type SqliteWorldOptions = {
  /** How long `until` waits. */
  readonly boundMs?: number
  readonly broker?: Omit<SqliteBrokerOptions, 'directory'>
}

export async function sqliteWorld(
  options: SqliteWorldOptions = {},
): Promise<BrokerWorld & AsyncDisposable> {
  const own = await testDirectory()
  const processes = new Map<Broker, SqliteBroker>()
  return {
    ...realTime(options.boundMs),
    slowMs: 3 * leaseMs,
    open: async () => {
      const broker = sqliteBroker({ leaseMs, ...options.broker, directory: own.directory })
      processes.set(broker, broker)
      return broker
    },
    crash: async (broker) => {
      processes.get(broker)?.abandon()
      processes.delete(broker)
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...processes.values()].map((broker) => broker.close({ drainMs: 0 })))
      await own[Symbol.asyncDispose]()
    },
  }
}
