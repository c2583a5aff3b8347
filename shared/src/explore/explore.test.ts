import { describe, expect, test } from 'vitest'
import { effectOnce, published, type Violation } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { explore, play, type Specification, summaryOf, untilThanked } from './index.ts'
import { withOutbox } from './testing/outbox.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const sledge = { orderId: 'order-2', item: 'sledge' }

const naive = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
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

test('a picture that would not fit shows how it began and how it ended', async () => {
  const restless = handler(AddItem, async ({ body }, { store }) => {
    for (let time = 1; time <= 60; time += 1) await store.load(body.orderId, emptyOrder)
  })
  const { message } = await failure(ordered(restless))
  const lines = message.split('\n')
  expect(lines.length).toBeLessThanOrEqual(50)
  expect(message).toMatch(/ {5}… \d+ lines in between: a replay shows every step/)
  expect(message).toContain('NOTHING_HAPPENED: expected')
})
