// Relays in the simulated world: two of them at the same time, with crashes, over what an endpoint
// has left behind.

import { expect, test } from 'vitest'
import { type Broker, decoratedBroker } from '../broker/index.ts'
import { type Verdict, type View, Violation } from '../check/index.ts'
import { ItemAdded } from '../shop/index.ts'
import { decoratedStore, type Store } from '../store/index.ts'
import { partitionIn, placeOf } from '../inbox/index.ts'
import { outbox, relayPass, type RelayPassOptions } from './index.ts'
import { exactlyOnce, gifts, type World } from './testing/orders.fixture.ts'
import { exploreAfterwards, type Helper, laterMs } from './testing/relays.fixture.ts'

type Bend = (options: RelayPassOptions) => RelayPassOptions

/** Two passes, of which the first may fail. */
const relaying =
  (bend: Bend = (options) => options): Helper =>
  async ({ world, store, broker }) => {
    for (let round = 1; round <= 2; round += 1) {
      await world.sleep(laterMs)
      const options = bend({ store, broker, clock: world.clock, graceMs: laterMs })
      await relayPass(options).catch(() => undefined)
    }
  }

/** What is said first of each item comes in the order in which the items were added. */
function inOrder(end: View): Verdict {
  const items = [...new Set(end.published(ItemAdded).map(({ item }) => item))]
  const wanted = gifts.map(({ item }) => item)
  if (items.join() === wanted.join()) return undefined
  return new Violation('ORDER', `expected ${wanted.join()} in this order, got ${items.join()}`)
}

const explored = (bend?: Bend, faults = {}, relays = 2) =>
  exploreAfterwards(
    {
      helpers: Object.fromEntries(
        Array.from({ length: relays }, (_, index) => [`relay-${index + 1}`, relaying(bend)]),
      ),
      finally: (end) => [...exactlyOnce(end), inOrder(end)],
    },
    { faults },
  )

const troubles: readonly (readonly [what: string, faults: World['faults'], relays: number])[] = [
  ['two relays, one of which crashes', { crashes: 1 }, 2],
  ['two relays, one of which is refused', { refused: 1 }, 2],
  ['a relay that does not know what became of a call', { unknown: 1 }, 1],
]

for (const [what, faults, relays] of troubles) {
  test(`what was left is sent once and in order by ${what}`, async () => {
    const { sentence, coverage } = await explored(undefined, faults, relays)
    expect(sentence).toBeUndefined()
    expect(coverage).toMatchObject({ kind: 'all' })
  })
}

const reversed = (store: Store): Store =>
  decoratedStore(store, {
    pending: async <T>(options: Parameters<Store['pending']>[0]) =>
      (await store.pending<T>(options)).toReversed(),
  })

test('a relay that takes the youngest first is found', async () => {
  const { code } = await explored((options) => ({ ...options, store: reversed(options.store) }))
  expect(code).toBe('ORDER')
})

/** Gives nothing to the broker before the store has marked it. */
function afterTheMark({ broker, store, ...rest }: RelayPassOptions): RelayPassOptions {
  const held: Parameters<Broker['publish']>[] = []
  return {
    ...rest,
    broker: decoratedBroker(broker, {
      publish: async (...call) => {
        held.push(call)
      },
    }),
    store: decoratedStore(store, {
      save: async (key, value, expected) => {
        const version = await store.save(key, value, expected)
        if (placeOf(key)) for (const call of held.splice(0)) await broker.publish(...call)
        return version
      },
    }),
  }
}

test('a relay that marks before it sends is found', async () => {
  const { code } = await explored(afterTheMark, { crashes: 1 }, 1)
  expect(code).toBe('LOST_MESSAGE')
})

const relayed = () => outbox({ partition: partitionIn('orderId'), hasRelay: true })

/** A record that is sent, and that nobody has noted, stays for ever. */
function noted(end: View): Verdict {
  const notes = new Set(
    end.entities<readonly string[]>('orders.retention/').flatMap(({ value }) => value),
  )
  const sent = end
    .entities<{ readonly outgoing: unknown }>('order-1/~inbox/')
    .filter(({ value }) => value.outgoing === null)
  const forgotten = sent.filter(({ key }) => !notes.has(key)).map(({ key }) => key)
  if (forgotten.length === 0) return undefined
  return new Violation(
    'LEFTOVERS',
    `expected a note of each record, got none of ${forgotten.join()}`,
  )
}

const sendsAll = {
  outbox: relayed,
  isLeft: () => false,
  finally: (end: View) => [...exactlyOnce(end), noted(end)],
}

/** Marks go on beside the messages: more than the usual number of schedules. */
const effort = { searchSteps: 2_000_000 }

test('an outbox that trusts its relay with the marks loses nothing, and leaves nothing', async () => {
  const helpers = { 'relay-1': relaying() }
  const world = { ...sendsAll, helpers }
  for (const faults of [{ crashes: 1 }, { failedSaves: 1 }, { unknown: 1 }]) {
    const { sentence, coverage } = await exploreAfterwards(world, { faults, effort })
    expect(sentence).toBeUndefined()
    expect(coverage).toMatchObject({ kind: 'all' })
  }
})

/** Believes that who has saved a record has noted it. */
const notesNothing: Bend = ({ store, ...rest }) => ({
  ...rest,
  store: decoratedStore(store, {
    save: (key, value, expected) =>
      placeOf(key) ? store.save(key, value, expected) : Promise.resolve(expected),
  }),
})

test('a relay that notes nothing leaves records for ever', async () => {
  const world = { ...sendsAll, helpers: { 'relay-1': relaying(notesNothing) } }
  const found = await exploreAfterwards(world, { faults: { crashes: 1 } })
  expect(found.sentence).toContain('expected a note of each record')
})

test('and where there is none, a crash may leave something for ever', async () => {
  const found = await exploreAfterwards({ ...sendsAll, helpers: {} }, { faults: { crashes: 1 } })
  expect(found.code).toBe('LEFTOVERS')
})
