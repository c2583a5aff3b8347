import { expect, test } from 'vitest'
import { encode, header, messageId, type WireMessage } from '../message/index.ts'
import { NotAwaited } from '../pipeline/index.ts'
import { ItemAdded } from '../shop/index.ts'
import {
  demand,
  effectOnce,
  effectTimes,
  gone,
  type HistoryEvent,
  kept,
  noCodedFailure,
  noDeadLetters,
  published,
  view,
} from './index.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const wire = (body: unknown, headers = {}): WireMessage =>
  encode({ id: messageId('m-1'), type: 'ItemAdded', body, headers })

type Beginning = readonly (readonly [string, unknown])[]

function end(
  history: readonly HistoryEvent[],
  deadLetters: readonly WireMessage[] = [],
  stored: Beginning = [],
) {
  const entities = new Map(stored)
  for (const event of history) {
    if (event.kind === 'saved') entities.set(event.key, event.value)
    if (event.kind === 'removed') entities.delete(event.key)
  }
  return view({ entities, deadLetters, history })
}

const saved = (items: readonly string[]): HistoryEvent => ({
  kind: 'saved',
  key: 'order-1',
  value: { items },
})

const inOrder = {
  key: 'order-1',
  what: 'the porsche',
  shows: (order: { items: readonly string[] }) => order.items.includes('porsche'),
}

test('an effect that is there once is right, none and two are told apart', () => {
  expect(effectOnce(['sledge', 'porsche'], 'porsche')).toBeUndefined()
  expect(effectOnce(['sledge'], 'porsche')?.code).toBe('NOTHING_HAPPENED')
  expect(effectOnce(['porsche', 'porsche'], 'porsche')?.code).toBe('DUPLICATE_EFFECT')
  expect(effectOnce([{ a: 1, b: 2 }], { b: 2, a: 1 })).toBeUndefined()
})

test('two effects of two messages are neither one, nor three, nor none', () => {
  const candles = (times: number) => effectTimes(Array(times).fill('candle'), 'candle', 2)?.code
  expect([0, 1, 2, 3].map(candles)).toEqual([
    'NOTHING_HAPPENED',
    'LOST_MESSAGE',
    undefined,
    'DUPLICATE_EFFECT',
  ])
})

test('what was taken back is gone; what never went is told from what came again', () => {
  expect(gone(end([saved(['porsche']), saved([])]), inOrder)).toBeUndefined()
  expect(gone(end([saved([])]), inOrder)).toBeUndefined()
  expect(gone(end([saved([]), saved(['porsche'])]), inOrder)?.code).toBe('NOTHING_HAPPENED')
  const back = [saved(['porsche']), saved([]), saved(['porsche'])]
  expect(gone(end(back), inOrder)?.code).toBe('STALE_WRITE')
})

test('an entity that was removed shows no effect any more', () => {
  const removed: HistoryEvent = { kind: 'removed', key: 'order-1' }
  expect(gone(end([saved(['porsche']), removed]), inOrder)).toBeUndefined()
  const back = [saved(['porsche']), removed, saved(['porsche'])]
  expect(gone(end(back), inOrder)?.code).toBe('STALE_WRITE')
  expect(kept(end([saved(['porsche']), removed]), inOrder)?.code).toBe('LOST_UPDATE')
})

test('what nobody has written since the beginning is judged as it is', () => {
  const untouched = end([], [], [['order-1', { items: ['porsche'] }]])
  expect(kept(untouched, inOrder)).toBeUndefined()
  expect(gone(untouched, inOrder)?.code).toBe('NOTHING_HAPPENED')
})

test('a message counts as published with the right body only, and as often as it likes', () => {
  const event = (body: unknown): HistoryEvent => ({
    kind: 'published',
    to: { event: 'ItemAdded' },
    message: wire(body),
  })
  const other = { ...porsche, item: 'sledge' }
  expect(published(end([event(porsche), event(porsche)]), ItemAdded, porsche)).toBeUndefined()
  expect(published(end([event(other)]), ItemAdded, porsche)?.code).toBe('LOST_MESSAGE')
})

test('an effect that never was is lost; one that was overwritten is a lost update', () => {
  expect(kept(end([saved(['porsche']), saved(['porsche', 'bell'])]), inOrder)).toBeUndefined()
  expect(kept(end([saved(['bell'])]), inOrder)?.code).toBe('LOST_MESSAGE')
  expect(kept(end([saved(['porsche']), saved(['bell'])]), inOrder)?.code).toBe('LOST_UPDATE')
})

test('a dead letter is named with its reason', () => {
  expect(noDeadLetters(end([]))).toBeUndefined()
  const letter = wire(porsche, { [header.deadReason]: 'the bank said no' })
  const violation = noDeadLetters(end([], [letter]))
  expect(violation?.code).toBe('DEAD_LETTERED')
  expect(violation?.message).toContain('the bank said no')
})

test('an error that carries a failure code is reported under that code', () => {
  const failed = (error: unknown): HistoryEvent => ({
    kind: 'failed',
    message: wire(porsche),
    error,
  })
  expect(noCodedFailure(end([failed(new Error('down')), failed('odd')]))).toBeUndefined()
  expect(noCodedFailure(end([failed(new NotAwaited('forgotten'))]))?.code).toBe('NOT_AWAITED')
})

test('of several violations the first in the list is the one reported', () => {
  const [first, second] = [effectOnce([], 'a'), effectOnce(['a', 'a'], 'a')]
  expect(() => demand([undefined, first, second])).toThrow('NOTHING_HAPPENED')
  expect(() => demand([undefined])).not.toThrow()
})
