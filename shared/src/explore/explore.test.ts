import { describe, expect, test } from 'vitest'
import { effectOnce, published, type Violation } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { explore, play, type Specification, summaryOf, untilThanked } from './index.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const sledge = { orderId: 'order-2', item: 'sledge' }

const naive = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

type Row = { readonly orderId: string; readonly item: string }
type WithOutbox = {
  readonly items: readonly string[]
  readonly outbox: Readonly<Record<string, Row | null>>
}
const empty: WithOutbox = { items: [], outbox: {} }

/** The outbox: what is to be published is saved with the state, and marked once it is out. */
const withOutbox = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const key = body.orderId
  let { value: order, version } = await store.load(key, empty)
  if (order.outbox[id] === undefined) {
    const outbox = { ...order.outbox, [id]: { ...body } }
    order = { items: [...order.items, body.item], outbox }
    version = await store.save(key, order, version)
  }
  const row = order.outbox[id]
  if (row === null || row === undefined) return
  await publish(ItemAdded(row, { id: `${id}-added` }))
  await store.save(key, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})

const ordered = (addItem: Handler, more: Partial<Specification> = {}): Specification => ({
  endpoints: { orders: [addItem] },
  given: [AddItem(porsche)],
  finally: (end) => [
    effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
    published(end, ItemAdded, porsche),
  ],
  ...more,
})

const failure = async (specification: Specification): Promise<Violation> => {
  try {
    await explore(specification)
  } catch (error) {
    return error as Violation
  }
  throw new Error('expected a failure, got none')
}

test('a failure has its code, its sentence, its picture and the place in the code', async () => {
  const { code, message } = await failure(ordered(naive, { faults: { duplicates: 1 } }))
  expect(code).toBe('DUPLICATE_EFFECT')
  expect(message).toContain('expected "porsche" once, got it 2 times')
  expect(message).toContain('AddItem(porsche)')
  expect(message).toContain('save order-1')
  const lines = message.split('\n')
  expect(lines.length).toBeLessThanOrEqual(40)
  for (const line of lines.slice(1)) expect(line.length, line).toBeLessThanOrEqual(80)
})

test('what holds is reported as what was covered', async () => {
  const report = await explore(ordered(withOutbox, { faults: { crashes: 1, duplicates: 1 } }))
  expect(report?.coverage.kind).toBe('all')
  expect(report && summaryOf(report)).toMatch(
    /^all schedules within these bounds hold: \d+ states$/,
  )
})

test('all schedules of two consumers, three messages and one crash are searched', async () => {
  const bell = { orderId: 'order-3', item: 'bell' }
  const all = [porsche, sledge, bell]
  const specification = ordered(withOutbox, {
    given: all.map((body) => AddItem(body)),
    faults: { crashes: 1, coins: 0 },
    finally: (end) =>
      all.flatMap((body) => [
        effectOnce(end.entity(body.orderId, empty).items, body.item),
        published(end, ItemAdded, body),
      ]),
  })
  const report = await explore(specification)
  expect(report?.coverage).toMatchObject({ kind: 'all' })
})

describe('planted mistakes are found at that bound', () => {
  const bound = { faults: { crashes: 1, coins: 0 } }
  const mistake = (change: (parts: Parts) => Promise<void>): Handler =>
    handler(AddItem, async ({ id, body }, { store, publish }) => {
      const key = body.orderId
      const loaded = await store.load(key, empty)
      const save = async (outbox: Row | null): Promise<void> => {
        const items = [...loaded.value.items, body.item]
        await store.save(key, { items, outbox: { [id]: outbox } }, loaded.version)
      }
      await change({
        isKnown: loaded.value.outbox[id] !== undefined,
        save,
        send: () => publish(ItemAdded(body)),
      })
    })
  type Parts = {
    readonly isKnown: boolean
    readonly save: (outbox: Row | null) => Promise<void>
    readonly send: () => Promise<void>
  }

  test('marked as sent before it is sent: lost', async () => {
    const lost = mistake(async ({ isKnown, save, send }) => {
      if (isKnown) return
      await save(null)
      await send()
    })
    expect((await failure(ordered(lost, bound))).code).toBe('LOST_MESSAGE')
  })

  test('no memory of the message at all: twice', async () => {
    expect((await failure(ordered(naive, bound))).code).toBe('DUPLICATE_EFFECT')
  })

  test('the rows of others overwritten: lost', async () => {
    const forgetful = mistake(async ({ save, send }) => {
      await save(null)
      await send()
    })
    const both = [AddItem(porsche), AddItem({ ...porsche, item: 'bell' })]
    const { code } = await failure(ordered(forgetful, { ...bound, given: both }))
    expect(code).toBe('DUPLICATE_EFFECT')
  })
})

test('the same handler and the same guarantee hold on the real broker and store', async () => {
  const specification = ordered(withOutbox, { faults: { duplicates: 1 } })
  await explore(specification)
  await play(specification)
})

describe('a service that is called', () => {
  const shop = { services: { shop: [withOutbox] }, endpoints: {}, given: [] }

  test('leaves its caller without an answer when it dies, and she clicks again', async () => {
    const report = await explore(
      ordered(withOutbox, {
        ...shop,
        clients: { ann: untilThanked(AddItem(porsche, { id: 'click' })) },
        faults: { crashes: 1 },
        goals: {
          'she is not thanked at first': ({ history }) =>
            history.some((event) => event.kind === 'answered' && !event.isThanked),
        },
      }),
    )
    expect(report?.coverage.kind).toBe('all')
  })

  test('that never thanks its caller leaves her stuck', async () => {
    const failing = handler(AddItem, () => Promise.reject(new Error('no gifts today')))
    const specification = ordered(failing, {
      services: { shop: [failing] },
      endpoints: {},
      given: [],
      clients: { ann: untilThanked(AddItem(porsche)) },
    })
    const { code, message } = await failure(specification)
    expect(code).toBe('STUCK')
    expect(message).toContain('ann clicked 3 times and was never thanked')
  })

  test('is called on real adapters too', () =>
    play(ordered(withOutbox, { ...shop, clients: { ann: untilThanked(AddItem(porsche)) } })))
})

test('a client waits until she has seen an event', async () => {
  await explore(
    ordered(naive, {
      given: [],
      clients: {
        ann: async ({ send, sees }) => {
          await send(AddItem(porsche))
          await sees(ItemAdded, porsche)
          await send(AddItem(sledge))
        },
      },
      finally: ({ history }) => {
        const all = history.flatMap((one) => (one.kind === 'published' ? one.message.type : []))
        return [effectOnce([all.join()], 'AddItem,ItemAdded,AddItem,ItemAdded')]
      },
    }),
  )
  const blind = ordered(
    handler(AddItem, () => Promise.resolve()),
    {
      given: [],
      clients: { ann: ({ sees }) => sees(ItemAdded) },
      finally: () => [],
    },
  )
  expect((await failure(blind)).message).toContain('ann to go on')
})

test('a coin is tried on both sides, and a goal that is never reached fails', async () => {
  const tossing = handler(AddItem, async (message, context) => {
    await naive.handle(message, context)
    if (context.coin('again')) await context.publish(ItemAdded(message.body))
  })
  const twice: Specification['goals'] = {
    'announced twice': (end) => end.published(ItemAdded).length === 2,
  }
  await explore(ordered(tossing, { goals: twice }))
  const never = await failure(ordered(naive, { goals: twice }))
  expect(never.code).toBe('NOTHING_HAPPENED')
  expect(never.message).toContain('announced twice')
})
