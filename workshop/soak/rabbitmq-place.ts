// A RabbitMQ of the soak's own, which is killed and started again, and a wire for each process that
// can be cut.

import { setTimeout as timer } from 'node:timers/promises'
import type { Broker } from '@workshop/shared/broker'
import { realTime } from '@workshop/shared/world'
import { startPrivateRabbitmq } from '../../tests/rabbitmq/private-rabbitmq.ts'
import { type Proxy, startProxy } from '../../tests/rabbitmq/proxy.ts'
import { rabbitmqBinaries } from '../../tests/rabbitmq/rabbitmq-binaries.ts'
import { SetupProblem } from '../command.ts'
import type { Place } from './place.ts'

const namespace = 'soak.'
/** One in each class of delays that a retry or a late copy uses. */
const delaysMs = [50, 100, 200, 400, 800]
const { until } = realTime(30_000)

/** `cuttable` are the slots that get a wire of their own; the others are connected directly. */
export async function rabbitmqPlace(cuttable: readonly string[]): Promise<Place> {
  if (!(await rabbitmqBinaries())) {
    throw new SetupProblem(
      'expected rabbitmq-server on this machine, as a soak kills the broker and must have its own, ' +
        'found none. Install RabbitMQ, or use the embedded broker',
    )
  }
  const rabbitmq = await startPrivateRabbitmq()
  const proxies = new Map<string, Proxy>()
  try {
    for (const slot of cuttable) proxies.set(slot, await startProxy(rabbitmq.port))
  } catch (error) {
    await rabbitmq.stop()
    throw error
  }
  let restarting = Promise.resolve()
  const restart = async (): Promise<void> => {
    await rabbitmq.kill()
    await rabbitmq.restart()
  }
  return {
    kind: 'rabbitmq',
    reach: (slot) => {
      const port = proxies.get(slot)?.port ?? rabbitmq.port
      return { kind: 'rabbitmq', url: `amqp://guest:guest@127.0.0.1:${port}`, namespace }
    },
    settle: async (broker) => {
      await makeDelays(broker)
      await rabbitmq.flush()
    },
    wires: {
      slots: cuttable,
      cut: (slot) => proxies.get(slot)?.cut(),
      swallow: async (slot, ms) => {
        proxies.get(slot)?.blackHole()
        await timer(ms)
        proxies.get(slot)?.heal()
      },
    },
    restart: () => (restarting = restart()),
    [Symbol.asyncDispose]: async () => {
      // What is about to start could not be ended. Its failure is for whoever asked for it.
      await restarting.catch(() => undefined)
      for (const proxy of proxies.values()) await proxy[Symbol.asyncDispose]()
      await rabbitmq.stop()
    },
  }
}

/** A queue that was made right before a kill may not come back, so those for delays are made by
 *  now. */
async function makeDelays(broker: Broker): Promise<void> {
  const queue = 'warm-up'
  await broker.declare({ queues: [{ name: queue }], bindings: [] })
  let arrived = 0
  const consumer = await broker.consume(queue, async () => {
    arrived += 1
    return { kind: 'ack' }
  })
  for (const delayMs of delaysMs) {
    const message = { id: `delay-${delayMs}`, type: 'WarmUp', headers: {}, body: Buffer.from('{}') }
    await broker.publish({ queue }, message, { delayMs })
  }
  await until(() => arrived === delaysMs.length, 'delayed messages to arrive')
  await consumer.stop()
}
