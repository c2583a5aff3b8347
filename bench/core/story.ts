// What all contenders do for one message: take a command of about 1 KB, change the order that it is
// about, and tell of it twice, in 1 KB each. Orders take turns, so that no two messages in flight
// are about the same one.

import { z } from 'zod'
import { command, event, type WireMessage } from '@workshop/shared/message'
import { type Handler, handler } from '@workshop/shared/pipeline'

export const command1Kb = z.object({ orderId: z.string(), item: z.string(), text: z.string() })
const told = command1Kb.extend({ total: z.number() })

export const PlaceItem = command('PlaceItem', command1Kb)
export const ItemPlaced = event('ItemPlaced', told)
export const StockTaken = event('StockTaken', told)

export type Order = { readonly total: number; readonly last: string }
export const emptyOrder: Order = { total: 0, last: '' }

const orders = 500
const text = 'x'.repeat(900)

/** `count` commands, each with an id of its own. */
export function commands(series: string, count: number): readonly WireMessage[] {
  return Array.from({ length: count }, (_, number) => ({
    id: `${series}-${number}`,
    type: PlaceItem.type,
    headers: {},
    body: Buffer.from(
      JSON.stringify({ orderId: `order-${number % orders}`, item: `item-${number}`, text }),
    ),
  }))
}

/** The handler, as somebody writes it who has a core: it contains nothing against anything. */
export const placeItem: Handler = handler(PlaceItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, emptyOrder)
  const order: Order = { total: value.total + 1, last: body.item }
  await publish(ItemPlaced({ ...body, total: order.total }))
  await publish(StockTaken({ ...body, total: order.total }))
  await store.save(body.orderId, order, version)
})
