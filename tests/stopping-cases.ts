// How an endpoint stops under a steady load, on any broker: within its time, with nothing lost, and
// nothing that was acknowledged delivered again, as a second endpoint sees by the ids.

import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as work } from 'node:timers/promises'
import { type Broker, type BrokerSpec, openBroker } from '@workshop/shared/broker'
import {
  type Behaviour,
  client,
  handler,
  metrics,
  type RunningEndpoint,
  standard,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import type { Store } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'

export type StoppingCase = {
  readonly title: string
  readonly run: (spec: BrokerSpec) => Promise<void>
}

export const { until } = realTime()
const maxStopMs = 5000
/** Enough that the load is under way, in both directions. */
const underWay = 60
/** A load that nobody ends, ends by itself. */
const maxSent = 20_000
const atOnce = 8

/** How long a handler takes: at any moment some are in flight. */
const workMs = 20

/** Tells `onHandled` of each message that is acknowledged, once it is. */
const telling = (onHandled: (id: string) => void): Behaviour => ({
  watch:
    () =>
    ({ message }) =>
    ({ kind }) => {
      if (kind === 'handled') onHandled(message.id)
    },
})

export type Orders = {
  readonly onHandled: (id: string) => void
  /** Handles at once. */
  readonly isQuick?: boolean
  readonly behaviours?: readonly Behaviour[]
}

export function startOrders(
  broker: Broker,
  { onHandled, isQuick = false, behaviours = [] }: Orders,
): Promise<RunningEndpoint> {
  return startEndpoint({
    name: 'orders',
    handlers: [handler(AddItem, () => work(isQuick ? 0 : workMs))],
    broker,
    store: {} as Store,
    behaviours: [...behaviours, telling(onHandled), ...standard()],
  })
}

/** Sends until it is told to end; what the broker has confirmed is in `confirmed`. */
function steadyLoad(broker: Broker) {
  const confirmed = new Set<string>()
  const customer = client({ name: 'customer', broker, routes: { AddItem: 'orders' } })
  const ended = new AbortController()
  let sent = 0
  const send = async (): Promise<void> => {
    while (!ended.signal.aborted && sent < maxSent) {
      const id = `click-${(sent += 1)}`
      await customer.send(AddItem({ orderId: 'order-1', item: 'bell' }, { id }))
      confirmed.add(id)
    }
  }
  const senders = Array.from({ length: atOnce }, send)
  const end = async (): Promise<void> => {
    ended.abort()
    await Promise.all(senders)
  }
  return { confirmed, end }
}

type Load = ReturnType<typeof steadyLoad>

/** Ends the load, and has a second endpoint handle what is left. */
async function expectTheRest(broker: Broker, load: Load, first: readonly string[]): Promise<void> {
  const { size } = load.confirmed
  await until(() => load.confirmed.size > size, 'the load to go on without the first endpoint')
  await load.end()
  const second: string[] = []
  await using _rest = await startOrders(broker, {
    onHandled: (id) => second.push(id),
    isQuick: true,
  })
  const missing = (): readonly string[] => {
    const all = new Set([...first, ...second])
    return [...load.confirmed].filter((id) => !all.has(id))
  }
  await until(() => missing().length === 0, 'all that was confirmed to be handled')
  await until(async () => (await broker.count('orders')) === 0, 'an empty queue')
  const again = second.filter((id) => first.includes(id))
  assert.deepEqual(again, [], 'nothing that was acknowledged came again')
  assert.equal(first.length + second.length, load.confirmed.size, 'each was acknowledged once')
}

export const stoppingCases: readonly StoppingCase[] = [
  {
    title: 'an endpoint that is stopped under a steady load is gone in time, and loses nothing',
    run: async (spec) => {
      await using broker = await openBroker(spec)
      const numbers = metrics()
      const first: string[] = []
      await using endpoint = await startOrders(broker, {
        onHandled: (id) => first.push(id),
        behaviours: [numbers],
      })
      const load = steadyLoad(broker)
      try {
        await until(() => first.length >= underWay, 'the load to be under way')
        const startedMs = performance.now()
        await endpoint.stop()
        assert.ok(performance.now() - startedMs < maxStopMs, `stopped within ${maxStopMs} ms`)
        const [told] = numbers.read()
        assert.deepEqual(
          { inFlight: told?.inFlight, handled: told?.handled, delivered: told?.delivered },
          { inFlight: 0, handled: first.length, delivered: first.length },
        )
        await expectTheRest(broker, load, first)
      } finally {
        await load.end()
      }
    },
  },
  {
    title: 'a process that is asked to end under a steady load does so in time, and loses nothing',
    run: async (spec) => {
      await using broker = await openBroker(spec)
      const program = new URL('stopping-child.ts', import.meta.url)
      const child = fork(program, [JSON.stringify(spec)], { execArgv: [] })
      const exited = once(child, 'exit')
      const first: string[] = []
      let isReady = false
      child.on('message', (told) => {
        if (told === 'ready') isReady = true
        else if (typeof told === 'string') first.push(told)
      })
      try {
        await until(() => isReady, 'the process to be ready')
        const load = steadyLoad(broker)
        try {
          await until(() => first.length >= underWay, 'the load to be under way')
          const startedMs = performance.now()
          child.kill('SIGTERM')
          assert.deepEqual(await exited, [0, null], 'it ends by itself')
          assert.ok(performance.now() - startedMs < maxStopMs, `ended within ${maxStopMs} ms`)
          await expectTheRest(broker, load, first)
        } finally {
          await load.end()
        }
      } finally {
        child.kill('SIGKILL')
        await exited
      }
    },
  },
]
