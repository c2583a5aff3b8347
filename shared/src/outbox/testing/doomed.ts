// What a process of the tests runs: the orders, with their outbox, on the folder given. It kills
// itself, as `kill -9` does, once the broker has taken so many messages: before it can mark the
// last of them as sent.

import { decoratedBroker } from '../../broker/index.ts'
import { openParts, startOrders } from './real.fixture.ts'

const [directory = '', lives = ''] = process.argv.slice(2)
// Without its test it is of no use to anybody, and nobody would end it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
const { broker, store } = openParts(directory)
let taken = 0
const publish: typeof broker.publish = async (to, message, options) => {
  await broker.publish(to, message, options)
  taken += 1
  if (taken === Number(lives)) process.kill(process.pid, 'SIGKILL')
}
await startOrders({ broker: decoratedBroker(broker, { publish }), store })
