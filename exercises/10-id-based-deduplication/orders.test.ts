import {
  effectOnce,
  effectTimes,
  gone,
  noGhosts,
  published,
  publishedFor,
  type View,
} from '@workshop/shared/check'
import { explore, type Script } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const candle = { orderId: 'order-1', item: 'candle' }
const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items
const hasCandle = ({ items }: typeof emptyOrder) => items.includes('candle')

/** What she clicks in one visit has one correlation id; each click is a message of its own. */
const headers = { correlationId: 'visit-1' }
const clicks = ['click-1', 'click-2']
const twoCandles = clicks.map((id) => AddItem(candle, { id, headers }))

const oneCandle = {
  endpoints,
  given: [AddItem(candle)],
  finally: (end: View) => [effectOnce(itemsOf(end), 'candle'), published(end, ItemAdded, candle)],
}

test('a candle ordered once is in the order once, although the process crashes', () =>
  explore({ ...oneCandle, faults: { crashes: 1 } }))

test('a candle ordered once is in the order once, although its lease expires meanwhile', () =>
  explore({ ...oneCandle, faults: { expiredLeases: 1 } }))

test('two candles are two, and each is announced, although the process crashes', () =>
  explore({
    endpoints,
    given: twoCandles,
    faults: { crashes: 1 },
    finally: (end) => [
      effectTimes(itemsOf(end), 'candle', 2),
      ...clicks.map((click) => publishedFor(end, ItemAdded, click)),
    ],
  }))

test('two candles are two, whatever arrives once more, and late', () =>
  explore({
    endpoints,
    instances: 1,
    given: [RemoveItem(candle), ...twoCandles],
    faults: { lateCopies: 1 },
    finally: (end) => [effectTimes(itemsOf(end), 'candle', 2)],
  }))

test('of two candles she takes out one, although the process crashes', () =>
  explore({
    endpoints,
    instances: 1,
    given: [...twoCandles, RemoveItem(candle, { headers })],
    faults: { crashes: 1 },
    finally: (end) => [effectOnce(itemsOf(end), 'candle'), published(end, ItemRemoved, candle)],
  }))

const changesHerMind: Script = async (ann) => {
  await ann.send(AddItem(candle))
  await ann.sees(ItemAdded, candle)
  await ann.send(RemoveItem(candle))
}

test('what she took out stays out, although a copy arrives late', () =>
  explore({
    endpoints,
    clients: { ann: changesHerMind },
    faults: { lateCopies: 1 },
    finally: (end) => [gone(end, { key: 'order-1', what: 'candle in order-1', shows: hasCandle })],
  }))

test('what is announced is in the order, although the database fails', () =>
  explore({
    ...oneCandle,
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: (end) => [noGhosts(end, ItemAdded, ({ item }) => itemsOf(end).includes(item))],
  }))
