import { expect, test } from 'vitest'
import { effectTimes, noCodedFailure, published } from '../check/index.ts'
import { type Behaviour, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { Unavailable } from '../world/index.ts'
import { explore, play, type Specification, untilTaken } from './index.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }

const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})
const deaf = handler(ItemAdded, () => Promise.resolve())

const twice: Behaviour = {
  outgoing: async (_context, next) => {
    await next()
    await next()
  },
}

/** Ann sends one command; `porsches` is how many are in the order at the end. */
const sends = (porsches: number, more: Partial<Specification>): Specification => ({
  endpoints: { orders: [addItem], marketing: [deaf] },
  clients: { ann: (ann) => untilTaken(ann, AddItem(porsche)) },
  instances: 1,
  finally: (end) => [
    noCodedFailure(end),
    effectTimes(end.entity('order-1', emptyOrder).items, 'porsche', porsches),
  ],
  ...more,
})

test('what a client sends passes the behaviours, in both worlds', async () => {
  const specification = sends(2, { behaviours: () => [twice] })
  await explore(specification)
  await play(specification)
})

test('what a client sends tosses another coin each time, and the coins fall in her lane', async () => {
  const untilTails: Behaviour = {
    outgoing: async ({ coin }, next) => {
      do await next()
      while (coin('again'))
    },
  }
  const tossing = sends(1, { behaviours: () => [untilTails] })
  await expect(explore(tossing)).rejects.toMatchObject({
    code: 'DUPLICATE_EFFECT',
    message: expect.stringMatching(/\n +ann +orders .*\n +\(client\) +\(queue\)/) as string,
  })
})

test('behaviours of one endpoint are around its handlers only', async () => {
  const announced = (times: number, more: Partial<Specification>) =>
    sends(1, {
      ...more,
      finally: (end) => [
        effectTimes(
          end.published(ItemAdded).map(() => 'announced'),
          'announced',
          times,
        ),
      ],
    })
  const around = { handlers: [addItem], behaviours: () => [twice] }
  for (const specification of [
    announced(2, { endpoints: { orders: around, marketing: [deaf] } }),
    announced(1, { endpoints: { orders: [addItem], marketing: { ...around, handlers: [deaf] } } }),
  ]) {
    await explore(specification)
    await play(specification)
  }
})

test('a client sends until it is taken, and what is unknown may be sent twice', async () => {
  const sent = (times: readonly number[], more: Partial<Specification>) =>
    explore(
      sends(1, {
        instances: { orders: 0 },
        finally: (end) => [published(end, AddItem, porsche)],
        goals: Object.fromEntries(
          times.map((n) => [`sent ${n} times`, (end) => end.published(AddItem).length === n]),
        ),
        ...more,
      }),
    )
  expect((await sent([1], { faults: { refused: 1 } }))?.coverage.kind).toBe('all')
  expect((await sent([1, 2], { faults: { unknown: 1 } }))?.coverage.kind).toBe('all')
  await expect(sent([2], { faults: { refused: 1 } })).rejects.toThrow('"sent 2 times", got none')
  await expect(sent([], { faults: { refused: 3 } })).rejects.toMatchObject({
    code: 'STUCK',
    message: expect.stringContaining('ann tried 3 times to send AddItem') as string,
  })
})

test('what a behaviour logs is a note in the picture', async () => {
  const refusing: Behaviour = {
    outgoing: (context) => {
      context.log.info({}, 'the monkey refuses it')
      return Promise.reject(new Unavailable('refused'))
    },
  }
  const specification = sends(1, { given: [AddItem(porsche)], clients: {} })
  await expect(explore({ ...specification, behaviours: () => [refusing] })).rejects.toThrow(
    '"the monkey refuses it"',
  )
})
