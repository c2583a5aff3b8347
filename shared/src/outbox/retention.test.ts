// Retention in the simulated world, over what an outbox has written: of two messages one was never
// sent. Two processes clean up at the same time.

import { expect, test } from 'vitest'
import { type Verdict, type View, Violation } from '../check/index.ts'
import { retentionPass, type RetentionPassOptions } from '../inbox/index.ts'
import { decoratedStore } from '../store/index.ts'
import { relayPass } from './index.ts'
import type { World } from './testing/orders.fixture.ts'
import { exploreAfterwards, type Helper, laterMs } from './testing/relays.fixture.ts'

type Bend = (options: RetentionPassOptions) => RetentionPassOptions

/** So many passes, each after the time of retention. */
const cleaning =
  (rounds: number, bend: Bend = (options) => options): Helper =>
  async ({ world, store }) => {
    for (let round = 1; round <= rounds; round += 1) {
      await world.sleep(laterMs)
      const options = { endpoint: 'orders', store, clock: world.clock, retainMs: laterMs }
      await retentionPass(bend(options)).catch(() => undefined)
    }
  }

/** Sends what was left, but only after the first pass of the others. */
const relaying: Helper = async ({ world, store, broker }) => {
  await world.sleep(1.5 * laterMs)
  await relayPass({ store, broker, clock: world.clock })
}

const records = (end: View): readonly string[] =>
  end.entities('order-1/~inbox/').map(({ key }) => key)
const notes = (end: View): readonly string[] =>
  end.entities<readonly string[]>('orders.retention/').flatMap(({ value }) => value)

/** The record that was not sent is there, noted once; the other is gone, and its note too. */
function onlyPendingLeft(end: View): Verdict {
  const pending = 'order-1/~inbox/orders/given-1'
  if (records(end).join() !== pending) {
    const code = records(end).includes(pending) ? 'LEFTOVERS' : 'LOST_MESSAGE'
    return new Violation(code, `expected ${pending} only, got ${records(end).join()}`)
  }
  const noted = new Set(notes(end))
  if (noted.size === 1 && noted.has(pending)) return undefined
  return new Violation('LEFTOVERS', `expected a note of ${pending} only, got ${notes(end).join()}`)
}

function nothingLeft(end: View): Verdict {
  const left = [...records(end), ...notes(end)]
  if (left.length === 0) return undefined
  return new Violation('LEFTOVERS', `expected no record and no note, got ${left.join()}`)
}

type Cleaners = Readonly<Record<string, Helper>>

const isLeft = (id: string): boolean => id === 'given-1'

const troubles: readonly (readonly [what: string, faults: World['faults'], Cleaners])[] = [
  ['a crash of one of two', { crashes: 1 }, { 'cleaner-1': cleaning(1), 'cleaner-2': cleaning(1) }],
  ['a call of which nobody knows', { unknown: 1 }, { 'cleaner-1': cleaning(2) }],
]

for (const [what, faults, helpers] of troubles) {
  test(`a record goes with its note, and never before it was sent: ${what}`, async () => {
    const end = { helpers, isLeft, finally: (view: View) => [onlyPendingLeft(view)] }
    const { sentence, coverage } = await exploreAfterwards(end, faults ? { faults } : {})
    expect(sentence).toBeUndefined()
    expect(coverage).toMatchObject({ kind: 'all' })
  })
}

test('once it was sent it goes as well, with a crash anywhere', async () => {
  const helpers = { 'cleaner-1': cleaning(5), 'relay-1': relaying }
  const end = { helpers, isLeft, finally: (view: View) => [nothingLeft(view)] }
  const { sentence, coverage } = await exploreAfterwards(end, { faults: { crashes: 1 } })
  expect(sentence).toBeUndefined()
  expect(coverage).toMatchObject({ kind: 'all' })
})

/** Believes that what is old enough was sent. */
const removesPending: Bend = (options) => ({
  ...options,
  store: decoratedStore(options.store, {
    load: async <T>(key: string, whenAbsent: T) => {
      const { value, version } = await options.store.load(key, whenAbsent)
      return { value: { ...value, outgoing: null }, version }
    },
  }),
})

/** Believes that a note can go first. */
function forgetsFirst({ store, ...rest }: RetentionPassOptions): RetentionPassOptions {
  let later: (() => Promise<void>) | undefined
  const remove: typeof store.remove = async (key, expected) => {
    if (key.startsWith('order-1/')) later = () => store.remove(key, expected)
    else {
      await store.remove(key, expected)
      await later?.()
    }
  }
  return { ...rest, store: decoratedStore(store, { remove }) }
}

const mistakes: readonly (readonly [Bend, code: string])[] = [
  [removesPending, 'LOST_MESSAGE'],
  [forgetsFirst, 'LEFTOVERS'],
]

for (const [mutant, code] of mistakes) {
  test(`the mistake ${mutant.name} is found`, async () => {
    const helpers = { 'cleaner-1': cleaning(2, mutant) }
    const end = { helpers, isLeft, finally: (view: View) => [onlyPendingLeft(view)] }
    const found = await exploreAfterwards(end, { faults: { crashes: 1 } })
    expect(found.code).toBe(code)
  })
}
