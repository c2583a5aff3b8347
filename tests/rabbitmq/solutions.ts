// Solutions on real processes, over a RabbitMQ of the tests' own.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { verifyReal } from '../../workshop/checking/real.ts'
import { exerciseOf } from '../../workshop/real/testing/solution.ts'
import { root } from '../../workshop/root.ts'
import type { PrivateRabbitmq } from './private-rabbitmq.ts'

const verification = ['workshop/main.js', 'verify', '03', '--real', '--broker', 'rabbitmq']

/** Rejects where it is red. */
async function verify03(url: string): Promise<string> {
  const env = { ...process.env, AMQP_URL: url }
  const { stdout } = await promisify(execFile)(process.execPath, verification, { cwd: root, env })
  return stdout
}

async function assertNothingIsLeft(rabbitmq: PrivateRabbitmq): Promise<void> {
  const queues = await rabbitmq.queues()
  assert.deepEqual(
    queues.filter((name) => name.startsWith('real-')),
    [],
  )
}

export const solutionsOnRabbitmq: readonly {
  readonly title: string
  readonly run: (rabbitmq: PrivateRabbitmq) => Promise<void>
}[] = [
  {
    title: 'two runs at once do not see one another, and leave nothing behind',
    run: async (rabbitmq) => {
      for (const output of await Promise.all([verify03(rabbitmq.url), verify03(rabbitmq.url)])) {
        assert.match(output, /^✔ 03-\S+ on rabbitmq: 4 of 4/m)
      }
      await assertNothingIsLeft(rabbitmq)
    },
  },
  {
    title: 'every fault comes about, but for leases, which it does not have',
    run: async (rabbitmq) => {
      const exercises = [await exerciseOf('faults'), await exerciseOf('expired-leases')]
      const brokers = [{ kind: 'rabbitmq', url: rabbitmq.url }] as const
      const [faults, leases] = await verifyReal(exercises, { brokers, seed: '1' })
      assert.deepEqual(
        faults?.tests.filter(({ ok }) => !ok).map(({ message }) => message),
        [],
      )
      assert.deepEqual(
        faults.tests.flatMap(({ leftOut }) => leftOut),
        [],
      )
      assert.deepEqual(
        leases?.tests.map(({ leftOut }) => leftOut),
        [['expiredLeases']],
      )
      await assertNothingIsLeft(rabbitmq)
    },
  },
]
