// Everything about the RabbitMQ adapter that needs a RabbitMQ: one private broker for the whole file,
// since a start takes seconds. With AMQP_URL, the conformance cases run on that one instead.

import { afterAll, describe, test } from 'vitest'
import { brokerContract } from '../../shared/src/broker/broker.contract.ts'
import { rabbitmqBroker } from '../../shared/src/broker/rabbitmq/rabbitmq-broker.ts'
import { brokerFaults } from './faults/broker-faults.ts'
import { cuts } from './faults/cuts.ts'
import { aScene } from './faults/fault-case.ts'
import { limits } from './faults/limits.ts'
import { mutants } from './mutants/mutants.ts'
import { verdictOn } from './mutants/run-mutant.ts'
import { startPrivateRabbitmq } from './private-rabbitmq.ts'
import { isAvailable } from './rabbitmq-binaries.ts'
import { rabbitmqWorld } from './rabbitmq-world.ts'

const faultTimeoutMs = 90_000

if (await isAvailable()) {
  // Here and not in `beforeAll`: which cases there are depends on the broker's version.
  const rabbitmq = await startPrivateRabbitmq()
  afterAll(() => rabbitmq.stop())
  const url = process.env['AMQP_URL'] ?? rabbitmq.url

  const first = await rabbitmqBroker({ url })
  const { features } = first
  await first.close()
  brokerContract({ name: 'rabbitmq', features, world: async () => rabbitmqWorld(url) })

  describe.concurrent('the fault cases notice an adapter that', () => {
    for (const mutant of mutants) {
      test(mutant.mistake, { timeout: faultTimeoutMs }, async ({ expect }) => {
        const seen = await verdictOn({ title: mutant.fails, url: rabbitmq.url }, mutant)
        expect(seen.verdict, seen.output).toBe('failed')
      })
    }
  })

  describe('the rabbitmq broker under faults', () => {
    for (const fault of [...limits, ...cuts, ...brokerFaults]) {
      test(fault.title, { timeout: faultTimeoutMs }, async () => {
        await using scene = aScene(rabbitmq)
        await fault.run(scene)
      })
    }
  })
} else {
  test('the rabbitmq broker passes the cases of brokers', ({ skip }) => {
    skip('there is no rabbitmq-server in /usr/lib/rabbitmq/bin or on PATH')
  })
}
