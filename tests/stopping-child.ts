// An endpoint in a process of its own, for the tests of stopping: it tells its parent which
// messages it has acknowledged, and leaves in good order when it is asked to (SIGTERM).

import { once } from 'node:events'
import { type BrokerSpec, openBroker } from '@workshop/shared/broker'
import { startOrders } from './stopping-cases.ts'

const spec = JSON.parse(process.argv[2] ?? '') as BrokerSpec
const broker = await openBroker(spec)
const endpoint = await startOrders(broker, { onHandled: (id) => process.send?.(id) })
process.send?.('ready')
await once(process, 'SIGTERM')
await endpoint.stop()
await broker.close()
// What was told is told: the channel closes once everything in it has been written.
process.disconnect()
