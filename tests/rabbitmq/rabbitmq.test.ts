// Everything about the RabbitMQ adapter that needs a RabbitMQ: one private broker for the whole
// file, since a start takes seconds. With AMQP_URL, the conformance cases run on that one instead.

import { afterAll, beforeAll, describe, test } from 'vitest'
import { brokerContract } from '../../shared/src/broker/broker.contract.ts'
import { featuresOf } from '../../shared/src/broker/rabbitmq/features.ts'
import { meetOnRabbitmq, refusedOnRabbitmq, urlRows } from '../bad-input/on-rabbitmq.ts'
import { endpointsOnRabbitmq } from './endpoints.ts'
import { brokerFaults } from './faults/broker-faults.ts'
import { cuts } from './faults/cuts.ts'
import { aScene } from './faults/fault-case.ts'
import { limits } from './faults/limits.ts'
import { mutants } from './mutants/mutants.ts'
import { operatingOnRabbitmq } from './operating.ts'
import { verdictOn } from './mutants/run-mutant.ts'
import { type PrivateRabbitmq, startPrivateRabbitmq } from './private-rabbitmq.ts'
import { installedVersion, isAvailable, versionAt } from './rabbitmq-binaries.ts'
import { rabbitmqWorld } from './rabbitmq-world.ts'
import { solutionsOnRabbitmq } from './solutions.ts'

if (await isAvailable()) {
  let rabbitmq: PrivateRabbitmq
  beforeAll(async () => {
    rabbitmq = await startPrivateRabbitmq()
  })
  afterAll(() => rabbitmq.stop())

  const { AMQP_URL: given } = process.env
  brokerContract({
    name: 'rabbitmq',
    features: featuresOf(given ? await versionAt(given) : await installedVersion()),
    run: async (obligation) => {
      await using world = rabbitmqWorld(given ?? rabbitmq.url)
      await obligation.run(world)
    },
  })

  describe('endpoints on the rabbitmq broker', () => {
    for (const one of endpointsOnRabbitmq) {
      test(one.title, () => one.run(given ?? rabbitmq.url))
    }
  })

  describe('bad input on the rabbitmq broker', () => {
    test('is a dead letter each, and what is good is handled', () =>
      meetOnRabbitmq(given ?? rabbitmq.url))
    test.each(urlRows)('$given: $becomes', (row) => refusedOnRabbitmq(row, rabbitmq.url))
  })

  describe('solutions on the rabbitmq broker', () => {
    for (const one of solutionsOnRabbitmq) {
      test(one.title, () => one.run(rabbitmq))
    }
  })

  describe('operating the rabbitmq broker', () => {
    for (const one of operatingOnRabbitmq) {
      test(one.title, () => one.run(rabbitmq))
    }
  })

  describe.concurrent('the fault cases notice an adapter that', () => {
    for (const mutant of mutants) {
      test(mutant.mistake, async ({ expect }) => {
        const seen = await verdictOn({ title: mutant.fails, url: rabbitmq.url }, mutant)
        expect(seen.verdict, seen.output).toBe('failed')
      })
    }
  })

  describe('the rabbitmq broker under faults', () => {
    for (const fault of [...limits, ...cuts, ...brokerFaults]) {
      test(fault.title, async () => {
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
