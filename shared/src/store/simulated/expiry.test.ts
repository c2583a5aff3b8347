// What it means that entries expire: when they go, what is seen of them until then, and that time
// goes on to that moment.

import { expect, test } from 'vitest'
import { keysOf } from '../contract/parts.ts'
import { absent, type Store } from '../store.ts'
import { type Act, contents, endings } from './testing/endings.ts'

const lifetimeMs = (key: string): number | undefined => (key.includes('/mark') ? 100 : undefined)
const vanishes = { expiry: { mode: 'vanishes', lifetimeMs } } as const
const lingers = { expiry: { mode: 'lingers', lifetimeMs } } as const

const mark = async (store: Store) => store.save('order-1/mark', 'seen', absent)
const look = async (store: Store) => (await store.load('order-1/mark', 'gone')).value

test('an entry that vanishes is there until its time has come, and gone from then on', async () => {
  const act: Act = async (store, { sleep }) => {
    await mark(store)
    await sleep(99)
    const before = await look(store)
    await sleep(1)
    return `${before}, ${await look(store)}`
  }
  expect(await endings({ acts: [act], store: vanishes })).toEqual(['seen, gone | '])
  expect(await endings({ acts: [act] })).toEqual(['seen, seen | order-1/mark=seen'])
})

test('what has vanished is in no list, can be saved anew, and never has a version twice', async () => {
  const act: Act = async (store, { sleep }) => {
    await store.saveAll([{ key: 'order-1/mark', value: 1, expected: absent, pending: true }])
    await store.save('order-1/other', 2, absent)
    await sleep(100)
    const listed = keysOf(await store.list('order-1/', { limit: 10 }))
    const pending = keysOf(await store.pending({ limit: 10 }))
    return `${String(listed)}; ${String(pending)}; v${await mark(store)}`
  }
  const ends = await endings({ acts: [act], store: vanishes })
  expect(ends).toEqual(['order-1/other; ; v2 | order-1/other=2'])
})

test('an entry that lingers goes at any moment after its time, and does not come back', async () => {
  const act: Act = async (store, { sleep }) => {
    await mark(store)
    await sleep(99)
    const before = await look(store)
    await sleep(1)
    return `${before}, ${await look(store)}, ${await look(store)}`
  }
  expect(await endings({ acts: [act], store: lingers })).toEqual([
    'seen, gone, gone | ',
    'seen, seen, gone | ',
    'seen, seen, seen | ',
  ])
})

test('entries that linger go in any order', async () => {
  const act: Act = async (store, { sleep }) => {
    for (const key of ['order-1/mark/a', 'order-1/mark/b']) await store.save(key, key, absent)
    await sleep(100)
    return keysOf(await store.list('order-1/', { limit: 10 }))
      .map((key) => key.at(-1))
      .join('')
  }
  expect(await endings({ acts: [act], store: lingers })).toEqual([' | ', 'a | ', 'ab | ', 'b | '])
})

for (const store of [vanishes, lingers]) {
  test(`an entry that ${store.expiry.mode} lives on when it is saved again`, async () => {
    const act: Act = async (store, { sleep }) => {
      const version = await mark(store)
      await sleep(60)
      await store.save('order-1/mark', 'seen again', version)
      await sleep(60)
      return look(store)
    }
    expect(await endings({ acts: [act], store })).toEqual(['seen again | '])
  })

  test(`an entry without a lifetime stays, also where others go (${store.expiry.mode})`, async () => {
    const act: Act = (store) => store.save('order-1', 'paid', absent)
    expect(await endings({ acts: [act], store })).toEqual(['1 | order-1=paid'])
  })

  test(`time goes on to the end of what is stored, and no further (${store.expiry.mode})`, async () => {
    const leave: Act = (store) => mark(store)
    const remove: Act = async (store) => store.remove('order-1/mark', await mark(store))
    const timeOf = (act: Act) =>
      endings(
        { acts: [act], store },
        (end) => `${end.simulation.nowMs} ms | ${contents(end.store)}`,
      )
    expect(await timeOf(leave)).toEqual(['100 ms | '])
    expect(await timeOf(remove)).toEqual(['0 ms | '])
  })
}
