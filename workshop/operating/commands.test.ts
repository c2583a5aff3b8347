import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteBroker } from '@workshop/shared/broker'
import { absent, sqliteStore } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { freePorts } from '../../tests/rabbitmq/free-ports.ts'
import { type Command, SetupProblem } from '../command.ts'
import { command as inspect } from '../commands/inspect.ts'
import { command as replay } from '../commands/replay-dead-letters.ts'

const { until } = realTime()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workshop-operating-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
afterEach(() => {
  vi.restoreAllMocks()
})

const body = new TextEncoder().encode('{}')
const message = (id: string) => ({ id, type: 'AddItem', headers: {}, body })

/** A broker in a folder of its own, with these dead letters, and one message that waits. */
async function brokerWith(name: string, ids: readonly string[]): Promise<string> {
  const directory = join(folder, name)
  await using broker = sqliteBroker({ directory })
  await broker.declare({ queues: [{ name: 'orders' }, { name: 'tree' }], bindings: [] })
  for (const id of ids) await broker.publish({ queue: 'orders' }, message(id))
  const outcome = { kind: 'dead-letter', reason: 'out of globes' } as const
  const consumer = await broker.consume('orders', async () => outcome)
  await until(() => consumer.stats.deadLettered === ids.length, 'all to be dead letters')
  await consumer.stop()
  await broker.publish({ queue: 'orders' }, message('waiting'))
  return directory
}

/** What a command prints to stdout, and its exit code. */
async function ran(command: Command, ...args: readonly string[]) {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    printed.push(text)
  })
  const code = await command.run(args)
  return { code, text: printed.join('\n') }
}

test('inspect shows the queues of a file, its dead letters, and what an outbox has not sent', async () => {
  const broker = await brokerWith('inspect', ['a', 'b'])
  await using store = sqliteStore({ directory: broker })
  const value = { atMs: Date.now() - 5000, outgoing: [{}, {}] }
  await store.saveAll([{ key: 'order-1/~inbox/orders/a', value, expected: absent, pending: true }])
  const { code, text } = await ran(inspect, '--broker', broker, '--store', broker, '--json')
  expect(code).toBe(0)
  const dead = { type: 'AddItem', reason: 'out of globes', attempts: 1 }
  const seen = JSON.parse(text) as { queues: { letters: { ageMs: number }[] }[] }
  expect(seen).toMatchObject({
    broker: join(broker, 'broker.sqlite'),
    queues: [
      {
        name: 'orders',
        waiting: 1,
        delayed: 0,
        inFlight: 0,
        deadLetters: 2,
        letters: [
          { id: 'a', ...dead },
          { id: 'b', ...dead },
        ],
      },
      { name: 'tree', waiting: 0, deadLetters: 0, letters: [] },
    ],
    outbox: { records: 1, messages: 2, endpoints: { orders: 1 } },
  })
  for (const { ageMs } of seen.queues[0]!.letters) expect(ageMs).toBeLessThan(60_000)
  const one = await ran(inspect, '--broker', join(broker, 'broker.sqlite'), 'tree.dead')
  expect(one.text).not.toContain('orders')
})

test('a dry run only looks; a replay of all leaves none; and then there is nothing to replay', async () => {
  const broker = await brokerWith('replay', ['a', 'b'])
  const all = ['orders', '--broker', broker, '--all']
  const dry = await ran(replay, ...all, '--dry-run', '--json')
  expect(JSON.parse(dry.text)).toMatchObject({ dryRun: true, replayed: ['a', 'b'], left: 2 })
  const done = await ran(replay, ...all, '--json')
  expect(done.code).toBe(0)
  expect(JSON.parse(done.text)).toMatchObject({ dryRun: false, left: 0 })
  const seen = JSON.parse((await ran(inspect, '--broker', broker, '--json')).text)
  expect(seen.queues[0]).toMatchObject({ name: 'orders', waiting: 3, deadLetters: 0 })
  expect((await ran(replay, ...all)).text).toMatch(/^NOTHING TO REPLAY {2}orders/)
})

test('an id that is not there is said, with exit code 1, and the others are replayed', async () => {
  const broker = await brokerWith('ids', ['a', 'b'])
  const { code, text } = await ran(replay, 'orders', '--broker', broker, '--id', 'b', '--id', 'c')
  expect(code).toBe(1)
  expect(text).toMatch(/^replayed {2}b$/m)
  expect(text).toMatch(/^NOT THERE {2}c$/m)
  expect(text.replaceAll('\n', ' ')).toMatch(/NOT ALL REPLAYED {2}1 message .* 1 dead letter left$/)
})

test('what was named and is not there is said, and nothing is made', async () => {
  const broker = await brokerWith('bad', [])
  const [port] = await freePorts(1)
  const text = join(folder, 'notes.txt')
  await writeFile(text, 'a text that is long enough to be no database at all, as anybody can see')
  const store = join(folder, 'only-a-store')
  await sqliteStore({ directory: store }).close()
  const nowhere = join(folder, 'nowhere.sqlite')
  const secret = 'hunter2'
  const url = `amqp://guest:${secret}@127.0.0.1:${port}`
  const named = ['--broker', broker]
  const rows: readonly (readonly [Command, readonly string[], RegExp])[] = [
    [inspect, [], /expected --broker .* got none/],
    [inspect, ['--broker', nowhere], /expected the queue file .*nowhere\.sqlite, found nothing/],
    [inspect, ['--broker', folder], /broker\.sqlite, found nothing/],
    [inspect, ['--broker', text], /to be the queue file of .* got: file is not a database/],
    [inspect, ['--broker', join(store, 'store.sqlite')], /got: no such table: queue/],
    [inspect, [...named, 'nobody'], /got "nobody": it has orders, tree/],
    [inspect, [...named, '--limit', '0'], /expected --limit from 1 to 1000, got "0"/],
    [inspect, [...named, '--limit', 'many'], /expected --limit from 1 to 1000, got "many"/],
    [inspect, [...named, '--store', nowhere], /the file of a store at .* found nothing/],
    [inspect, [...named, '--store', broker], /store\.sqlite, found nothing/],
    [inspect, [...named, '--store', join(broker, 'broker.sqlite')], /got: no such table: entry/],
    [
      inspect,
      ['--broker', url, 'orders'],
      /RabbitMQ to answer at 127\.0\.0\.1:\d+, got: .*REFUSED/,
    ],
    [inspect, ['--broker', `http://x:${secret}@y`], /expected a URL like amqp:\/\//],
    [inspect, ['--broker', `amqp://x:${secret}@`], /expected a URL like amqp:\/\//],
    [replay, named, /expected the name of one queue, got 0/],
    [replay, ['orders', 'tree', ...named, '--all'], /expected the name of one queue, got 2/],
    [replay, ['orders', ...named], /expected --all, or --id for each message, got neither/],
    [replay, ['orders', ...named, '--all', '--id', 'a'], /got both/],
    [replay, ['nobody', ...named, '--all'], /got "nobody": it has orders, tree/],
    [replay, ['orders', '--all', '--broker', nowhere], /found nothing/],
    [replay, ['orders', '--all', ...named, '--limit', '1001'], /from 1 to 1000, got "1001"/],
  ]
  for (const [command, args, says] of rows) {
    const error = await command.run(args).then(
      () => new Error(`expected ${args.join(' ')} to be refused`),
      (thrown: unknown) => thrown as Error,
    )
    expect(error, args.join(' ')).toBeInstanceOf(SetupProblem)
    expect(error.message).toMatch(says)
    expect(error.message).not.toContain(secret)
  }
  expect(existsSync(nowhere)).toBe(false)
  expect(existsSync(join(folder, 'broker.sqlite'))).toBe(false)
  expect(existsSync(join(broker, 'store.sqlite'))).toBe(false)
})
