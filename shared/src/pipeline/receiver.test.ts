import { expect, test } from 'vitest'
import { maxBodyBytes, messageId } from '../message/index.ts'
import { AddItem, ItemAdded } from '../shop/index.ts'
import { ManualWorld } from '../world/index.ts'
import { addPorsche, counting, fixture, reasonIn } from './fixture.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const raw = (type: string, body: Uint8Array) => ({ id: 'm-1', type, headers: {}, body })

test('a handled message is acknowledged', async () => {
  const { deliver } = fixture([counting(() => undefined).handler])
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
})

test.each([
  ['no JSON', raw('AddItem', bytes('{"order')), 'expected a body of JSON in UTF-8'],
  ['an unknown type', raw('PaintItem', bytes('{}')), 'that orders handles (AddItem)'],
  ['a body that fails its schema', raw('AddItem', bytes('{"orderId":1}')), 'AddItem: '],
  ['too many bytes', raw('AddItem', new Uint8Array(maxBodyBytes + 1)), 'TooLarge'],
  ['an id that is none', { ...raw('AddItem', bytes('{}')), id: '' }, '1 to 255 bytes'],
])('%s is a dead letter with its reason, and no handler runs', async (_name, message, reason) => {
  const { runs, handler: counted } = counting(() => undefined)
  const { deliver } = fixture([counted])
  const outcome = await deliver(message)
  expect(outcome.kind).toBe('dead-letter')
  expect(reasonIn(outcome)).toContain(reason)
  expect(runs.count).toBe(0)
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
})

test('a handler that throws is retried, with the reason', async () => {
  const { deliver } = fixture([
    counting(() => {
      throw new Error('the bank said no')
    }).handler,
  ])
  const outcome = { kind: 'retry', delayMs: 0, reason: 'Error: the bank said no' }
  expect(await deliver(addPorsche)).toEqual(outcome)
})

test('what a handler publishes carries its conversation and names its cause', async () => {
  const { deliver, sent } = fixture([
    counting((_run, { body }, { publish }) => publish(ItemAdded(body))).handler,
  ])
  await deliver({ ...addPorsche, headers: { conversationId: 'talk-1', correlationId: 'c-1' } })
  expect(sent).toHaveLength(1)
  expect(sent[0]!.to).toEqual({ event: 'ItemAdded' })
  expect(sent[0]!.message.id).toBe('id-1')
  expect(sent[0]!.message.headers).toEqual({
    conversationId: 'talk-1',
    correlationId: 'c-1',
    causationId: 'click-1',
  })
})

test('a command goes to the queue of its route, and without one it says what to write', async () => {
  const forwarding = counting((_run, { body }, { send }) => send(AddItem(body))).handler
  const routed = fixture([forwarding], { routes: { AddItem: 'archive' } })
  await routed.deliver(addPorsche)
  expect(routed.sent[0]!.to).toEqual({ queue: 'archive' })
  const lost = await fixture([forwarding]).deliver(addPorsche)
  expect(reasonIn(lost)).toContain("routes: { AddItem: '...' }")
})

test('a route is no property that every object has', async () => {
  const odd = counting((_run, _message, { send }) =>
    send({ kind: 'command', type: 'constructor', body: {} }),
  ).handler
  expect(reasonIn(await fixture([odd]).deliver(addPorsche))).toContain('expected a route')
})

test('a message keeps the id that its sender chose', async () => {
  const { deliver, sent } = fixture([
    counting((_run, { body }, { publish }) => publish(ItemAdded(body, { id: 'chosen' }))).handler,
  ])
  await deliver(addPorsche)
  expect(sent[0]!.message.id).toBe('chosen')
})

test('a coin depends on endpoint, message, attempt and name, and on nothing else', async () => {
  const names: string[] = []
  const tossing = counting((_run, _message, { coin }) => coin('duplicate')).handler
  const world = new ManualWorld({ coin: (name) => names.push(name) > 0 })
  const { deliver } = fixture([tossing], { world })
  await deliver(addPorsche, 1)
  await deliver(addPorsche, 1)
  await deliver(addPorsche, 2)
  await deliver({ ...addPorsche, id: messageId('click-2') }, 1)
  expect(names[0]).toBe(names[1])
  expect(new Set(names).size).toBe(3)
})

test('two handlers of one type are refused before anything is consumed', () => {
  const one = counting(() => undefined).handler
  expect(() => fixture([one, one])).toThrow('got two of AddItem')
})

test('the second toss of a name is another coin, the same for each run of the delivery', async () => {
  const names: string[] = []
  const tossing = counting((_run, _message, { coin }) => [coin('fail'), coin('fail')]).handler
  const world = new ManualWorld({ coin: (name) => names.push(name) > 0 })
  const { deliver } = fixture([tossing], { world })
  await deliver(addPorsche)
  await deliver(addPorsche)
  expect(new Set(names).size).toBe(2)
  expect(names.slice(0, 2)).toEqual(names.slice(2))
})
