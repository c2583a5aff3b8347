// What a process of the tests runs: the orders, with their outbox, on the folder given. It is meant
// to be killed, so it closes nothing by itself.

import { openParts, startOrders } from './real.fixture.ts'

const [directory = ''] = process.argv.slice(2)
// Without its test it is of no use to anybody, and nobody would end it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
await startOrders(openParts(directory))
process.send?.('ready')
