// One conversation, followed by nothing but the ids in the log: through an endpoint with an outbox,
// a relay that sends what the endpoint could not, and a second endpoint.

import { expect, test } from 'vitest'
import { type Broker, decoratedBroker, sqliteBroker } from '../broker/index.ts'
import { inbox, partitionIn } from '../inbox/index.ts'
import { outbox, startRelay } from '../outbox/index.ts'
import { scratchPlace } from '../outbox/testing/real.fixture.ts'
import { client, deadLetter, handler, log, startEndpoint } from '../pipeline/index.ts'
import { type Line, remembering } from '../pipeline/remembering.fixture.ts'
import { AddItem, ItemAdded } from '../shop/index.ts'
import { sqliteStore } from '../store/index.ts'
import { realTime, Unavailable } from '../world/index.ts'

const { until } = realTime()
const partition = partitionIn('orderId')

const addItem = handler(AddItem, async ({ body }, { publish }) => publish(ItemAdded(body)))
const remember = handler(ItemAdded, async ({ body, id }, { store }) => {
  const { version } = await store.load(`${body.orderId}/told`, '')
  await store.save(`${body.orderId}/told`, id, version)
})

/** Takes nothing: what is sent over it is left to the relay. */
const refusing = (broker: Broker): Broker =>
  decoratedBroker(broker, { publish: () => Promise.reject(new Unavailable('not now')) })

/** The lines about `first` and about everything that it has caused, in the order of causes. */
function followed(lines: readonly Line[], first: string): readonly Line[] {
  const about = lines.filter(({ id }) => id === first)
  const next = new Set(lines.filter((line) => line['causationId'] === first).map(({ id }) => id))
  return [...about, ...[...next].flatMap((id) => followed(lines, String(id)))]
}

test('a conversation is followed through two endpoints by the ids in the log', async () => {
  const lines: Line[] = []
  await using place = await scratchPlace()
  await using broker = sqliteBroker(place)
  await using store = sqliteStore(place)
  const common = { store, log: remembering(lines) }
  await using orders = await startEndpoint({
    ...common,
    name: 'orders',
    handlers: [addItem],
    broker: refusing(broker),
    behaviours: [deadLetter(), log(), outbox({ partition })],
  })
  await using warehouse = await startEndpoint({
    ...common,
    name: 'warehouse',
    handlers: [remember],
    broker,
    behaviours: [deadLetter(), log(), inbox({ partition })],
  })
  await using _relay = startRelay({ ...common, broker, graceMs: 0, everyMs: 20 })
  const customer = client({ name: 'customer', broker, routes: { AddItem: 'orders' } })
  const ids = ['click-1', 'click-2']
  for (const id of ids) await customer.send(AddItem({ orderId: 'order-1', item: 'bell' }, { id }))
  await until(() => warehouse.stats.acked === 2 && orders.stats.deadLettered === 2, 'all to end')

  for (const first of ids) {
    const story = followed(lines, first).filter(({ level }) => level !== 'debug')
    expect(story.map(({ endpoint, type, text }) => [endpoint, type, text])).toEqual([
      ['orders', 'AddItem', 'dead letter'],
      ['orders', 'ItemAdded', 'relayed'],
      ['warehouse', 'ItemAdded', 'handled'],
    ])
    expect(new Set(story.map(({ conversationId }) => conversationId))).toEqual(new Set([first]))
    expect(story[0]).toMatchObject({ attempt: 1, reason: expect.stringContaining('not now') })
    expect(story[0]?.['tookMs']).toBeGreaterThanOrEqual(0)
  }
})
