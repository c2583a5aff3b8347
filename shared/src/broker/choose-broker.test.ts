import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Unavailable } from '../world/index.ts'
import { chooseBroker, type Probes } from './choose-broker.ts'

/** A machine on which nothing is, but for `found`. */
function machineWith(found: Partial<Probes> & { readonly places?: readonly string[] }): Probes {
  return {
    amqpUrl: undefined,
    answers: async ({ host, port }) => (found.places ?? []).includes(`${host}:${port}`),
    startContainer: () => Promise.reject(new Error('no container engine answers')),
    ...found,
  }
}

function printer() {
  const lines: string[] = []
  return { lines, print: (line: string) => void lines.push(line) }
}

const rabbitmq = { kind: 'rabbitmq' } as const

test('the embedded broker needs nothing, and opens', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'choose-broker-'))
  const { lines, print } = printer()
  {
    await using chosen = await chooseBroker({ kind: 'sqlite', directory }, print, machineWith({}))
    await using broker = await chosen.open()
    await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
    expect(await broker.count('orders')).toBe(0)
  }
  expect(lines).toEqual([`Broker: the embedded broker in ${directory}: it needs nothing installed`])
  await rm(directory, { recursive: true })
})

test('AMQP_URL comes first, and its password is not printed', async () => {
  const amqpUrl = 'amqp://ada:secret@broker.example:5673/shop'
  const places = ['broker.example:5673', '127.0.0.1:5672']
  const { lines, print } = printer()
  const chosen = await chooseBroker(rabbitmq, print, machineWith({ amqpUrl, places }))
  expect(lines).toEqual(['Broker: RabbitMQ at broker.example:5673: AMQP_URL says so'])
  expect(chosen.spec).toEqual({ kind: 'rabbitmq', url: amqpUrl, namespace: '' })
})

test('an AMQP_URL that does not answer is an error, and nothing else is tried', async () => {
  const amqpUrl = 'amqp://ada:secret@broker.example'
  const { lines, print } = printer()
  const choice = chooseBroker(rabbitmq, print, machineWith({ amqpUrl, places: ['127.0.0.1:5672'] }))
  const error = await choice.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Unavailable)
  expect(String(error)).toContain('broker.example:5672')
  expect(String(error)).not.toContain('secret')
  expect(lines).toEqual([])
})

test('an AMQP_URL that is none is refused without being repeated', async () => {
  const probes = machineWith({ amqpUrl: 'http://ada:secret@broker.example' })
  const error = await chooseBroker(rabbitmq, () => undefined, probes).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error)).not.toContain('secret')
})

test('then the RabbitMQ of this machine', async () => {
  const { lines, print } = printer()
  const wish = { ...rabbitmq, namespace: 'demo.', mayStartContainer: true }
  const chosen = await chooseBroker(wish, print, machineWith({ places: ['127.0.0.1:5672'] }))
  expect(lines).toEqual(['Broker: RabbitMQ at 127.0.0.1:5672: it answers on this machine'])
  expect(chosen.spec).toMatchObject({ namespace: 'demo.' })
})

test('then a container, where that is asked for, and it is stopped once', async () => {
  let stops = 0
  const startContainer = async () => ({
    url: 'amqp://127.0.0.1:32768',
    stop: async () => {
      stops += 1
    },
  })
  const { lines, print } = printer()
  const probes = machineWith({ startContainer })
  const chosen = await chooseBroker({ ...rabbitmq, mayStartContainer: true }, print, probes)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^Broker: RabbitMQ at 127\.0\.0\.1:32768: a container of /)
  await chosen[Symbol.asyncDispose]()
  await chosen[Symbol.asyncDispose]()
  expect(stops).toBe(1)
})

test('a container that is not asked for is not started', async () => {
  let starts = 0
  const startContainer = async () => {
    starts += 1
    return { url: 'amqp://127.0.0.1:32768', stop: () => Promise.resolve() }
  }
  const choice = chooseBroker(rabbitmq, () => undefined, machineWith({ startContainer }))
  await expect(choice).rejects.toThrow(Unavailable)
  await expect(choice).rejects.toThrow(/127\.0\.0\.1:5672.*docker compose up.*embedded broker/)
  expect(starts).toBe(0)
})

test('without a container engine, one sentence says what was tried', async () => {
  const wish = { ...rabbitmq, mayStartContainer: true }
  const choice = chooseBroker(wish, () => undefined, machineWith({}))
  await expect(choice).rejects.toThrow(/AMQP_URL is not set.*no container engine answers/)
})
