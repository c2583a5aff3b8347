// The state of the simulated store, as a search tells states apart: the order of unrelated writes
// makes no difference, and all that a later step can see does.

import { expect, test } from 'vitest'
import type { Faults } from '../../simulation/index.ts'
import { Simulation } from '../../simulation/simulation.ts'
import { absent, type Store, type Write } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import { Entries } from './entries.ts'
import { type Act, endings, explored } from './testing/endings.ts'

type Change = (entries: Entries, simulation: Simulation) => unknown

/** The digest of a store after `changes`. */
function digestAfter(changes: readonly Change[], faults: Faults = {}): number {
  const simulation = new Simulation({ faults, decide: () => 0, tracksState: true })
  const entries = new Entries(simulation)
  for (const change of changes) change(entries, simulation)
  return entries.digest()
}

const write =
  (key: string, changes: Partial<CheckedWrite>): Change =>
  (entries) =>
    entries.apply([{ key, expected: absent, json: undefined, pending: false, ...changes }])
const save = (key: string, value: number): Change => write(key, { json: String(value) })
const queue = (key: string, value: number): Change =>
  write(key, { json: `${value}`, pending: true })
const remove = (key: string): Change => write(key, {})
const wait: Change = (_entries, simulation) => (simulation.nowMs += 5)

for (const [what, one, other] of [
  ['another value', [save('a', 1)], [save('a', 2)]],
  ['another key', [save('a', 1)], [save('b', 1)]],
  ['values at one another’s keys', [save('a', 1), save('b', 2)], [save('a', 2), save('b', 1)]],
  ['a version more', [save('a', 1)], [save('a', 1), save('a', 1)]],
  ['nothing, after there was something', [], [save('a', 1), remove('a')]],
  [
    'the versions that were given before a removal',
    [save('a', 1), remove('a')],
    [save('a', 1), save('a', 1), remove('a')],
  ],
  ['what is pending', [save('a', 1)], [queue('a', 1)]],
  ['the order of what is pending', [queue('a', 1), queue('b', 1)], [queue('b', 1), queue('a', 1)]],
  ['the time of a save', [save('a', 1), wait], [wait, save('a', 1)]],
] as const) {
  test(`two states are told apart by ${what}`, () => {
    expect(digestAfter(one)).not.toBe(digestAfter(other))
  })
}

for (const [what, one, other] of [
  ['the order of saves', [save('a', 1), save('b', 1)], [save('b', 1), save('a', 1)]],
  ['the removal of nothing', [], [remove('a')]],
  [
    'the order of what was pending once',
    [queue('a', 1), queue('b', 1), save('a', 2), save('b', 2)],
    [queue('b', 1), queue('a', 1), save('b', 2), save('a', 2)],
  ],
] as const) {
  test(`two states are one whatever ${what}`, () => {
    expect(digestAfter(one)).toBe(digestAfter(other))
  })
}

test('values that are gone count as long as they may be read, and no longer', () => {
  const [one, other] = [
    [save('a', 1), save('a', 3)],
    [save('a', 2), save('a', 3)],
  ]
  expect(digestAfter(one)).toBe(digestAfter(other))
  expect(digestAfter(one, { staleReads: 1 })).not.toBe(digestAfter(other, { staleReads: 1 }))
  const spent: Change = (_entries, { budget }) => budget.spend('staleReads')
  expect(digestAfter([...one, spent], { staleReads: 1 })).toBe(
    digestAfter([...other, spent], { staleReads: 1 }),
  )
})

test('two writers of different orders reach one state in either order, of one order two', async () => {
  const statesOf = async (keys: readonly string[]): Promise<number> => {
    const states = new Set<number>()
    const acts = keys.map((key): Act => async (store) => {
      const { value, version } = await store.load(key, 0)
      await store.save(key, value + 1, version)
    })
    await explored({ acts }, ({ simulation }) => ({
      atEnd: () => {
        if (simulation.tracksState) states.add(simulation.digest())
        return undefined
      },
    }))
    return states.size
  }
  expect(await statesOf(['order-1', 'order-2'])).toBe(1)
  expect(await statesOf(['order-1', 'order-1'])).toBeGreaterThan(1)
})

/** Leaves a choice to the end, where a search has to know what it has seen by then. */
const linger = (store: Store) => Promise.all([store.load('a', ''), store.load('b', '')])

/** One entry that moves on from key to key, and then from version to version, and is otherwise the
 *  same. */
const wander: Act = async (store) => {
  let version = absent
  let last: Write[] = []
  for (const key of ['p/1', 'p/2', 'p/3']) {
    ;[version = absent] = await store.saveAll([{ ...same, key, expected: absent }, ...last])
    last = [{ key, remove: true, expected: version }]
  }
  for (let times = 1; times <= 2; times += 1) {
    ;[version = absent] = await store.saveAll([{ ...same, key: 'p/3', expected: version }])
  }
  await linger(store)
}
const same = { value: 'same', pending: true }

for (const [kind, find] of [
  ['list', (store: Store) => store.list('p/', { limit: 10 })],
  ['pending', (store: Store) => store.pending({ limit: 10 })],
] as const) {
  test(`what a ${kind} found is remembered after it has changed`, async () => {
    const look: Act = async (store) => {
      const found = (await find(store)).map(({ key, version }) => `${key} v${version}`)
      await linger(store)
      return found.join()
    }
    const ends = await endings({ acts: [wander, look] }, ({ said }) => said[1] ?? '')
    expect(ends).toEqual(['', 'p/1 v1', 'p/2 v1', 'p/3 v1', 'p/3 v2', 'p/3 v3'])
  })
}
