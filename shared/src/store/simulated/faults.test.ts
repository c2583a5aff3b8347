// What each fault of the simulated store means: every ending that it makes possible, and no other.

import { expect, test } from 'vitest'
import { absent, type Store, type Version } from '../store.ts'
import { type Act, endings, offers } from './testing/endings.ts'

/** `done`, or the name of the error. */
const tried = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: Error) => error.name,
  )

const versionOf = async (store: Store): Promise<Version> =>
  (await store.load('order-1', undefined)).version

/** Each kind of write, with what it makes of an order that is open. */
const writes = [
  {
    kind: 'save',
    write: (store: Store, expected: Version) => store.save('order-1', 'paid', expected),
    after: 'order-1=paid',
  },
  {
    kind: 'removal',
    write: (store: Store, expected: Version) => store.remove('order-1', expected),
    after: '',
  },
  {
    kind: 'write set',
    write: (store: Store, expected: Version) =>
      store.saveAll([
        { key: 'order-1', value: 'paid', expected },
        { key: 'order-1/mark', value: 1, expected: absent },
      ]),
    after: 'order-1=paid order-1/mark=1',
  },
] as const

for (const { kind, write, after } of writes) {
  const act: Act = async (store) => tried(write(store, await versionOf(store)))
  const given = { 'order-1': 'open' }

  test(`a ${kind} that nothing disturbs is done`, async () => {
    expect(await endings({ acts: [act], given })).toEqual([`done | ${after}`])
  })

  test(`a failed ${kind} is refused as unavailable, and changes nothing`, async () => {
    const ends = await endings({ acts: [act], given, faults: { failedSaves: 1 } })
    expect(ends).toEqual(['Unavailable | order-1=open', `done | ${after}`])
  })

  test(`a ${kind} of unknown outcome has happened as a whole, or not at all`, async () => {
    const ends = await endings({ acts: [act], given, faults: { unknown: 1 } })
    expect(new Set(ends)).toEqual(
      new Set(['Unknown | order-1=open', `Unknown | ${after}`, `done | ${after}`]),
    )
    expect(ends).toHaveLength(3)
  })

  test(`a ${kind} of unknown outcome at another version has not happened`, async () => {
    const late: Act = (store) => tried(write(store, absent))
    const story = { acts: [late], given, faults: { unknown: 1 } }
    expect(await endings(story)).toEqual(['Conflict | order-1=open', 'Unknown | order-1=open'])
    expect((await offers(story)).filter((one) => one.includes('!unknown'))).toHaveLength(1)
  })
}

test('whoever tries again after a fault is served, and may conflict with itself', async () => {
  const again: Act = async (store) => {
    const first = await tried(store.save('order-1', 'paid', absent))
    if (first === 'done') return first
    return `${first}, then ${await tried(store.save('order-1', 'paid', absent))}`
  }
  const ends = await endings({ acts: [again], faults: { failedSaves: 1, unknown: 1 } })
  expect(new Set(ends)).toEqual(
    new Set([
      'done | order-1=paid',
      'Unavailable, then done | order-1=paid',
      'Unavailable, then Unknown | order-1=paid',
      'Unavailable, then Unknown | ',
      'Unknown, then done | order-1=paid',
      'Unknown, then Conflict | order-1=paid',
      'Unknown, then Unavailable | order-1=paid',
      'Unknown, then Unavailable | ',
    ]),
  )
})

const grown = async (store: Store): Promise<void> => {
  const first = await store.save('order-1', 'first', absent)
  await store.remove('order-1', await store.save('order-1', 'second', first))
  await store.save('order-1', 'fourth', absent)
}

test('a stale read gives any value that the key ever had, with its version', async () => {
  const read: Act = async (store) => {
    await grown(store)
    const { value, version } = await store.load('order-1', 'nothing')
    return `${value} v${version}`
  }
  expect(await endings({ acts: [read] })).toEqual(['fourth v3 | order-1=fourth'])
  expect(await endings({ acts: [read], faults: { staleReads: 1 } })).toEqual([
    'first v1 | order-1=fourth',
    'fourth v3 | order-1=fourth',
    'nothing v0 | order-1=fourth',
    'second v2 | order-1=fourth',
  ])
})

test('whoever acts on a stale read conflicts, and a list is never stale', async () => {
  const act: Act = async (store) => {
    await grown(store)
    const { value, version } = await store.load('order-1', 'nothing')
    const saved = await tried(store.save('order-1/copy', value, absent))
    const listed = await store.list('order-1/', { limit: 10 })
    return `${saved}, ${listed.length} listed, ${await tried(store.save('order-1', 'last', version))}`
  }
  expect(await endings({ acts: [act], faults: { staleReads: 1 } })).toEqual([
    'done, 1 listed, Conflict | order-1=fourth order-1/copy=first',
    'done, 1 listed, Conflict | order-1=fourth order-1/copy=nothing',
    'done, 1 listed, Conflict | order-1=fourth order-1/copy=second',
    'done, 1 listed, done | order-1=last order-1/copy=fourth',
  ])
})

test('a read is stale only where there was something else', async () => {
  const staleOf = async (act: Act) =>
    (await offers({ acts: [act], faults: { staleReads: 1 } })).filter((one) =>
      one.includes('!staleReads'),
    )
  expect(await staleOf((store) => store.load('order-1', ''))).toEqual([])
  const grow: Act = async (store) => {
    await grown(store)
    await store.load('order-1', '')
  }
  expect(await staleOf(grow)).toHaveLength(3)
})

test('a crash comes before a write or after it, and never in the middle', async () => {
  const act: Act = async (store) => {
    const { version } = await store.load('order-1', undefined)
    if (version !== absent) return 'there'
    await store.saveAll([
      { key: 'order-1', value: 'paid', expected: absent },
      { key: 'order-1/mark', value: 1, expected: absent },
    ])
    return 'saved'
  }
  expect(await endings({ acts: [act], faults: { crashes: 1 } })).toEqual([
    'saved | order-1=paid order-1/mark=1',
    'there | order-1=paid order-1/mark=1',
  ])
})
