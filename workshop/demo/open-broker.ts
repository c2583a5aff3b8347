// Opens the broker of a demonstration, in whichever of its processes.

import { type Broker, sqliteBroker } from '@workshop/shared/broker'
import type { BrokerAt } from './protocol.ts'

export async function openBroker(at: BrokerAt): Promise<Broker> {
  if (at.kind === 'sqlite') return sqliteBroker({ directory: at.directory, leaseMs: 2000 })
  throw new Error('rabbitmq')
}
