// Pictures of real explorations, as they must not change without being looked at. `vitest -u`
// writes them anew.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { effectOnce, noGhosts, published } from '../check/index.ts'
import { folded, svgDiagram, textDiagram } from '../diagram/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { exploreSystem } from '../simulation/index.ts'
import { diagramOf, type Specification } from './index.ts'
import { simulatedStage } from './simulated-stage.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const sledge = { orderId: 'order-2', item: 'sledge' }
const given = [AddItem(sledge), AddItem(porsche)]

const saveFirst = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

const publishFirst = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

const naive = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

const shipping = handler(ItemAdded, async ({ body }, { store }) => {
  const parcel = await store.load(`parcel-${body.orderId}`, emptyOrder)
  if (parcel.value.items.includes(body.item)) return
  await store.save(`parcel-${body.orderId}`, withItem(parcel.value, body.item), parcel.version)
})

const story = (addItem: Handler, more: Partial<Specification>): Specification => ({
  endpoints: { orders: [addItem], shipping: [shipping] },
  given,
  finally: (end) => [
    effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
    published(end, ItemAdded, porsche),
  ],
  ...more,
})

const pictures: Readonly<Record<string, Specification>> = {
  lost: story(saveFirst, { faults: { crashes: 1 } }),
  ghost: story(publishFirst, {
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: (end) => [
      noGhosts(end, ItemAdded, ({ orderId, item }) =>
        end.entity(orderId, emptyOrder).items.includes(item),
      ),
    ],
  }),
  duplicate: story(naive, { faults: { duplicates: 1 } }),
}

const codes: Readonly<Record<string, string>> = {
  lost: 'LOST_MESSAGE',
  ghost: 'GHOST_MESSAGE',
  duplicate: 'DUPLICATE_EFFECT',
}

for (const [name, specification] of Object.entries(pictures)) {
  test(`the picture of a failure of the kind "${name}" is the one that was looked at`, async () => {
    const { counterexample } = await exploreSystem({
      system: simulatedStage(specification),
      faults: specification.faults ?? {},
    })
    expect(counterexample?.finding.code).toBe(codes[name])
    if (!counterexample) return
    const { trace, finding } = counterexample
    const diagram = folded(diagramOf(trace, finding))
    for (const [type, picture] of Object.entries({
      txt: textDiagram(diagram),
      '60.txt': textDiagram(diagram, { columns: 60 }),
      svg: svgDiagram(diagram),
    })) {
      const path = join(import.meta.dirname, 'golden', `${name}.${type}`)
      await expect(picture).toMatchFileSnapshot(path)
    }
  })
}
