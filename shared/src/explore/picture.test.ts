import { afterEach, expect, test, vi } from 'vitest'
import { effectOnce } from '../check/index.ts'
import { handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { explore } from './explore.ts'
import { columnsAskedFor, columnsVariable } from './replay-line.ts'

const naive = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

async function widthOfAFailure(): Promise<number> {
  const error: unknown = await explore({
    endpoints: { orders: [naive] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    faults: { duplicates: 1 },
    finally: (end) => [effectOnce(end.entity('order-1', emptyOrder).items, 'porsche')],
  }).catch((error: unknown) => error)
  const [, picture = ''] = String(error).split('\n\n')
  return Math.max(...picture.split('\n').map((line) => line.length))
}

// The box around the verdict leaves two columns on each side.
const margin = 2

afterEach(() => {
  vi.unstubAllEnvs()
})

test('the picture of a failure is as wide as the environment asks for', async () => {
  vi.stubEnv(columnsVariable, undefined)
  expect(await widthOfAFailure()).toBe(80 - margin)
  vi.stubEnv(columnsVariable, '60')
  expect(await widthOfAFailure()).toBe(60 - margin)
})

test.each([
  ['60', 60],
  ['72', 72],
  ['80', 80],
])('%s columns are what is asked for', (wanted, columns) => {
  vi.stubEnv(columnsVariable, wanted)
  expect(columnsAskedFor()).toBe(columns)
})

test.each(['59', '81', '', 'wide', '70.5', '-70', 'Infinity'])(
  'a width of "%s" falls back to 80',
  (wanted) => {
    vi.stubEnv(columnsVariable, wanted)
    expect(columnsAskedFor()).toBe(80)
  },
)
