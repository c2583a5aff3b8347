import { expect, test } from 'vitest'
import { addPorsche, counting, fixture, reasonIn } from '../pipeline/fixture.ts'
import { immediateRetry } from '../pipeline/index.ts'
import { ItemAdded } from '../shop/index.ts'
import { absent } from '../store/index.ts'
import {
  aboutItem,
  duplicate,
  failingStore,
  lateCopy,
  refusedPublish,
  unknownPublish,
} from './index.ts'

const publishing = () => counting((_run, { body }, { publish }) => publish(ItemAdded(body))).handler

const porsches = aboutItem('porsche')
const sledges = aboutItem('sledge')

test('a duplicate is the same message, right after its original', async () => {
  const { deliver, sent } = fixture([publishing()], { behaviours: [duplicate(porsches)] })
  await deliver(addPorsche)
  expect(sent).toHaveLength(2)
  expect(sent[1]).toEqual(sent[0])
})

test('a late copy is the same message, held back', async () => {
  const { deliver, sent } = fixture([publishing()], {
    behaviours: [lateCopy(porsches, { delayMs: 700 })],
  })
  await deliver(addPorsche)
  expect(sent.map(({ delayMs }) => delayMs)).toEqual([0, 700])
  expect(sent[1]!.message).toEqual(sent[0]!.message)
})

test('a refused publish has no effect, and the next attempt goes through', async () => {
  const { deliver, sent } = fixture([publishing()], { behaviours: [refusedPublish(porsches)] })
  expect(reasonIn(await deliver(addPorsche))).toContain('Unavailable: the broker refused ItemAdded')
  expect(sent).toEqual([])
  expect(await deliver(addPorsche, 2)).toEqual({ kind: 'ack' })
  expect(sent).toHaveLength(1)
})

test('an unknown publish has its effect, and says that nobody knows', async () => {
  const { deliver, sent } = fixture([publishing()], {
    behaviours: [immediateRetry({ times: 0 }), unknownPublish(porsches)],
  })
  expect(reasonIn(await deliver(addPorsche))).toContain('Unknown: publishing ItemAdded timed out')
  expect(sent).toHaveLength(1)
  expect(await deliver(addPorsche, 2)).toEqual({ kind: 'ack' })
  expect(sent).toHaveLength(2)
})

test('a failing store refuses every save, and loads as before', async () => {
  const saving = counting(async (_run, _message, { store }) => {
    const order = await store.load('order-1', 'nothing')
    await store.save('order-1', order.value, order.version)
  }).handler
  const store = {
    load: <T>(_key: string, value: T) => Promise.resolve({ value, version: absent }),
    save: () => Promise.resolve(absent),
  }
  const { deliver } = fixture([saving], { behaviours: [failingStore(porsches)], store })
  expect(reasonIn(await deliver(addPorsche))).toContain('the database could not be reached')
  const spared = fixture([saving], { behaviours: [failingStore(sledges)], store })
  expect(await spared.deliver(addPorsche)).toEqual({ kind: 'ack' })
})

test.each([duplicate, lateCopy, refusedPublish, unknownPublish])(
  '$name leaves other messages alone',
  async (behaviour) => {
    const { deliver, sent } = fixture([publishing()], { behaviours: [behaviour(sledges)] })
    expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
    expect(sent).toHaveLength(1)
  },
)
