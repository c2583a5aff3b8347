// The tests of another exercise that nobody solves, for a broker that leases its messages.

import { explore } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, withItem } from '@workshop/shared/shop'
import { test } from 'vitest'

const addItem = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

test('a process that stands still is at work on what another one has been handed', async () => {
  const stories: string[] = []
  await explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    faults: { expiredLeases: 1 },
    finally: ({ history }) => {
      stories.push(history.map(({ kind }) => kind).join())
      return []
    },
  })
  if (stories.some((story) => /delivered,([a-rt-z]+,)*delivered,.*settled/.test(story))) return
  throw new Error(`expected two at work on it at once, got:\n${stories.join('\n')}`)
})
