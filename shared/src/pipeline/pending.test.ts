import { expect, test } from 'vitest'
import { ItemAdded } from '../shop/index.ts'
import type { HandlerContext } from './context.ts'
import { addPorsche, counting, fixture, reasonIn } from './fixture.ts'

const never = (): Promise<never> => new Promise(() => undefined)

test('a publish that was not awaited fails the delivery, by name', async () => {
  const { deliver } = fixture(
    [
      counting((_run, { body }, { publish }) => {
        void publish(ItemAdded(body))
      }).handler,
    ],
    { dispatch: never },
  )
  const outcome = await deliver(addPorsche)
  expect(outcome.kind).toBe('retry')
  expect(reasonIn(outcome)).toContain('returned before publish(ItemAdded) had settled')
})

test('a save that was not awaited fails the delivery, by its key', async () => {
  const { deliver } = fixture(
    [
      counting((_run, _message, { store }) => {
        void store.save('order-1', {}, 0 as never)
      }).handler,
    ],
    { store: { save: never } },
  )
  expect(reasonIn(await deliver(addPorsche))).toContain('returned before save("order-1")')
})

test('what is called after the handler has returned is refused', async () => {
  let kept: HandlerContext | undefined
  const { deliver, sent } = fixture([
    counting((_run, _message, context) => {
      kept = context
    }).handler,
  ])
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  const late = kept!.publish(ItemAdded({ orderId: 'order-1', item: 'porsche' }))
  await expect(late).rejects.toThrow('called after its handler had returned')
  expect(sent).toEqual([])
})

test('a handler that awaits everything is fine', async () => {
  const { deliver, sent } = fixture([
    counting(async (_run, { body }, { publish }) => {
      await Promise.all([publish(ItemAdded(body)), publish(ItemAdded(body))])
    }).handler,
  ])
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  expect(sent).toHaveLength(2)
})
