// Worlds for the conformance cases: processes on one RabbitMQ, each case in a namespace of its own,
// which is deleted when the case is over.

import { randomUUID } from 'node:crypto'
import { realTime } from '@workshop/shared/world'
import type { BrokerWorld } from '../../shared/src/broker/broker.contract.ts'
import {
  rabbitmqBroker,
  type RabbitmqBroker,
} from '../../shared/src/broker/rabbitmq/rabbitmq-broker.ts'

/** A queue holds what it hands out for as long as its consumer lives: slow is slower than a
 *  blink. */
const slowMs = 300

export function rabbitmqWorld(url: string): BrokerWorld & AsyncDisposable {
  const namespace = `test-${randomUUID().slice(0, 8)}.`
  const opened: RabbitmqBroker[] = []
  const find = (broker: unknown) => opened.find((one) => one === broker)
  return {
    ...realTime(),
    slowMs,
    open: async () => {
      const broker = await rabbitmqBroker({ url, namespace })
      opened.push(broker)
      return broker
    },
    crash: async (broker) => find(broker)?.abandon(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((broker) => broker.close({ drainMs: 0 })))
      for (const broker of opened) await broker.drop()
    },
  }
}
