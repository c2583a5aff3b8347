import { expect, test } from 'vitest'
import type { Life } from './crew.ts'
import { evidenceIn } from './evidence.ts'
import type { Note } from './notes.ts'

const base = { t: 0, about: 'order-1-1' }
const message = { queue: 'orders', id: 'order-1-1', label: 'AddItem(bell)' }
const delivered = (work: number, attempt = 1): Note => ({
  ...base,
  ...message,
  kind: 'delivered',
  work,
  attempt,
})
const settled = (work: number): Note => ({
  ...base,
  ...message,
  kind: 'settled',
  work,
  outcome: 'ack',
})

const life = (ending: Life['ending']): Life => ({ slot: 'orders-1', notes: '', ending })
const evidence = (ending: Life['ending'], notes: readonly Note[]) =>
  evidenceIn([life(ending)], () => notes)

test('a kill is in flight where a delivery was not settled', () => {
  expect(evidence('killed', [delivered(1)])).toMatchObject({ killsInFlight: 1 })
  expect(evidence('killed', [delivered(1), settled(1)])).toMatchObject({ killsInFlight: 0 })
  expect(evidence('killed', [])).toMatchObject({ killsInFlight: 0 })
  expect(evidence('crashed', [delivered(1)])).toMatchObject({ killsInFlight: 0 })
})

test('a copy is a duplicate where it comes as if it were the first, and nowhere else', () => {
  const again = [delivered(1), settled(1), delivered(2), settled(2)]
  expect(evidence('stopped', again)).toMatchObject({ duplicatesArrived: 1 })
  const retried = [delivered(1), settled(1), delivered(2, 2), settled(2)]
  expect(evidence('stopped', retried)).toMatchObject({ duplicatesArrived: 0 })
})

test('a duplicate counts where another process is handed it', () => {
  const lives = [life('killed'), life('stopped')]
  const { duplicatesArrived } = evidenceIn(lives, () => [delivered(1), settled(1)])
  expect(duplicatesArrived).toBe(1)
})

test('a save that the full disk refused counts, a conflict does not', () => {
  const notSaved = (error: string): Note => ({
    ...base,
    kind: 'not saved',
    work: 1,
    key: 'order-1',
    error,
  })
  const notes = [delivered(1), notSaved('Unavailable'), notSaved('Conflict')]
  expect(evidence('stopped', notes)).toMatchObject({ savesRefused: 1 })
})

test('a crash counts where the process has said that it dies', () => {
  const notes: Note[] = [delivered(1), { ...base, kind: 'dies', work: 1 }]
  expect(evidence('crashed', notes)).toMatchObject({ crashesBetweenCommitAndPublish: 1 })
})
