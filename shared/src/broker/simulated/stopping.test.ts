import { expect, test } from 'vitest'
import { ack, aMessage, orders, recorder, untilHanded, withOrders } from '../contract/parts.ts'
import { simulatedBrokerCase } from './testing/world.ts'

test('a consumer that stops takes back what it asked for itself, and not what others did', async () => {
  const handed: (readonly string[])[] = []
  await simulatedBrokerCase({
    id: 'B25',
    title: 'two consumers, of which the one that was opened first and asked last stops',
    run: async (world) => {
      const broker = await withOrders(world)
      const other = await world.open()
      const [stops, stays] = [recorder(() => ack), recorder(() => ack)]
      await other.consume(orders.queue, stays.handle)
      const consumer = await broker.consume(orders.queue, stops.handle)
      await consumer.stop()
      await broker.publish(orders, aMessage('one'))
      await untilHanded(world, stays, 1)
      handed.push(stops.ids)
    },
  })
  expect(handed.flat()).toEqual([])
  expect(handed.length).toBeGreaterThan(1)
})
