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
  expect(reasonIn(outcome)).toContain('did not wait for publish(ItemAdded)')
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
  expect(reasonIn(await deliver(addPorsche))).toContain('did not wait for save("order-1")')
})

test('a call that was not awaited is found even if it has settled since', async () => {
  const { deliver } = fixture([
    counting(async (_run, { body }, { publish }) => {
      void publish(ItemAdded(body))
      await publish(ItemAdded(body))
    }).handler,
  ])
  expect(reasonIn(await deliver(addPorsche))).toContain('did not wait for publish(ItemAdded)')
})

test('a failure that nobody waits for fails the delivery, and not the process', async () => {
  const { deliver } = fixture(
    [
      counting(async (_run, { body }, { publish }) => {
        void publish(ItemAdded(body))
        await Promise.resolve()
      }).handler,
    ],
    { dispatch: () => Promise.reject(new Error('the broker is down')) },
  )
  expect(reasonIn(await deliver(addPorsche))).toContain('did not wait for publish(ItemAdded)')
})

test('a failure that a handler handles by itself is none', async () => {
  const { deliver } = fixture(
    [
      counting(async (_run, { body }, { publish }) => {
        await publish(ItemAdded(body)).catch(() => undefined)
      }).handler,
    ],
    { dispatch: () => Promise.reject(new Error('the broker is down')) },
  )
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
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
