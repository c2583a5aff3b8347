// What an operator does with a RabbitMQ: looks into its queues, replays dead letters, and sees in
// the health of a process that the broker is away.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { deadLetterQueue, rabbitmqBroker, type RabbitmqBroker } from '@workshop/shared/broker'
import { healthOf } from '@workshop/shared/operations'
import { deadLetter, handler, startEndpoint } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import type { Store } from '@workshop/shared/store'
import { SetupProblem } from '../../workshop/command.ts'
import { inspect } from '../../workshop/operating/inspection.ts'
import { reach } from '../../workshop/operating/reach.ts'
import { replay } from '../../workshop/operating/replay.ts'
import { stoppingCases, until } from '../stopping-cases.ts'
import type { PrivateRabbitmq } from './private-rabbitmq.ts'
import { freePorts } from './free-ports.ts'

export type OperatingCase = {
  readonly title: string
  readonly run: (rabbitmq: PrivateRabbitmq) => Promise<void>
}

type Place = { readonly broker: RabbitmqBroker; readonly namespace: string }

/** A namespace of its own, of which nothing is left. */
async function within(url: string, act: (place: Place) => Promise<void>): Promise<void> {
  const namespace = `operating-${randomUUID().slice(0, 8)}.`
  await using broker = await rabbitmqBroker({ url, namespace, maxBackoffMs: 200 })
  try {
    await act({ broker, namespace })
  } finally {
    await broker.drop()
  }
}

const body = new TextEncoder().encode('{}')

async function withDeadLetters({ broker }: Place, ids: readonly string[]): Promise<void> {
  await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
  const unwanted = { kind: 'dead-letter', reason: 'out of globes' } as const
  for (const id of ids) {
    await broker.publish({ queue: 'orders' }, { id, type: 'AddItem', headers: {}, body })
  }
  await using consumer = await broker.consume('orders', async () => unwanted)
  await until(() => consumer.stats.deadLettered === ids.length, 'all to be dead letters')
}

/** The sentence that `work` is refused with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('expected a refusal'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof SetupProblem, String(error))
  return error.message
}

export const operatingOnRabbitmq: readonly OperatingCase[] = [
  ...stoppingCases.map(({ title, run }) => ({
    title,
    run: ({ url }: PrivateRabbitmq) =>
      within(url, async ({ broker, namespace }) => {
        // Declared here as well, so that it is dropped.
        await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
        await run({ kind: 'rabbitmq', url, namespace })
      }),
  })),
  {
    title: 'dead letters are shown with their reasons, and replayed by their ids',
    run: ({ url }) =>
      within(url, async (place) => {
        await withDeadLetters(place, ['a', 'b', 'c'])
        const { namespace } = place
        await using reached = await reach({ broker: url, namespace })
        const look = { reached, queues: ['orders'], limit: 2, nowMs: Date.now() }
        const [orders] = (await inspect(look)).queues
        assert.deepEqual(
          { ...orders, letters: orders?.letters.map(({ id, reason }) => [id, reason]) },
          {
            name: 'orders',
            waiting: 0,
            delayed: null,
            inFlight: null,
            deadLetters: 3,
            letters: [
              ['a', 'out of globes'],
              ['b', 'out of globes'],
            ],
          },
        )
        assert.ok((orders?.letters[0]?.ageMs ?? Infinity) < 60_000)
        const wish = { queue: 'orders', limit: 1000, dryRun: false }
        const some = await replay(reached, { ...wish, ids: ['b', 'nobody'] })
        assert.deepEqual([some.replayed, some.missing], [['b'], ['nobody']])
        const dead = deadLetterQueue('orders')
        await until(async () => (await place.broker.count(dead)) === 2, 'two dead letters')
        const rest = await replay(reached, { ...wish, ids: undefined })
        assert.deepEqual(rest.replayed.toSorted(), ['a', 'c'])
        await until(async () => (await place.broker.count('orders')) === 3, 'all to wait again')
        assert.equal(await place.broker.count(dead), 0)
      }),
  },
  {
    title: 'what cannot be reached or is not there is said in a sentence, without the password',
    run: async ({ url }) => {
      const [port] = await freePorts(1)
      const wrong = url.replace('guest:guest', 'guest:hunter2')
      const nowhere = `amqp://guest:hunter2@127.0.0.1:${port}`
      const said = await refusal(reach({ broker: wrong, namespace: '' }))
      assert.match(said, /to answer at 127\.0\.0\.1:\d+, got: .*ACCESS.REFUSED/i)
      assert.doesNotMatch(said, /hunter2/)
      const silent = await refusal(reach({ broker: nowhere, namespace: '' }))
      assert.match(silent, /ECONNREFUSED/)
      assert.doesNotMatch(silent, /hunter2/)
      await using reached = await reach({ broker: url, namespace: '' })
      const look = { reached, queues: [], limit: 1, nowMs: 0 }
      assert.match(await refusal(inspect(look)), /AMQP cannot list queues/)
      const missing = refusal(inspect({ ...look, queues: ['nobody'] }))
      assert.match(await missing, /expected the queue nobody(\.dead)? to exist/)
    },
  },
  {
    title: 'while the broker is away, a process is degraded; it is ready again by itself',
    run: (rabbitmq) =>
      within(rabbitmq.url, async ({ broker }) => {
        await using endpoint = await startEndpoint({
          name: 'orders',
          broker,
          store: {} as Store,
          handlers: [handler(AddItem, () => Promise.resolve())],
          behaviours: [deadLetter()],
        })
        const look = () => healthOf({ endpoints: [endpoint], broker })
        assert.deepEqual(await look(), { state: 'ready', reasons: [] })
        await rabbitmq.flush()
        await rabbitmq.kill()
        await until(() => !endpoint.isReceiving && broker.state.kind === 'away', 'it to be away')
        const { state, reasons } = await look()
        assert.equal(state, 'degraded')
        assert.match(reasons[0] ?? '', /^no connection of the \w+ to RabbitMQ at 127\.0\.0\.1:\d+$/)
        assert.equal(reasons[1], 'the broker hands nothing to the endpoint orders')
        await rabbitmq.restart()
        await until(async () => (await look()).state === 'ready', 'it to be ready again')
        await endpoint.stop()
        assert.equal((await look()).state, 'stopped')
      }),
  },
]
