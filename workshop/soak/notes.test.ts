import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAtWork, Notebook, notesIn } from './notes.ts'

async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-notes-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'notes')
}

const base = { about: 'order-1-1', work: 1 }
const message = { ...base, queue: 'orders', id: 'order-1-1', label: 'AddItem(bell)' }

test('what is noted can be read at once, by others, and has a time', async () => {
  const path = await place()
  using notebook = new Notebook(path)
  notebook.write({ ...message, kind: 'delivered', attempt: 1 })
  notebook.write({ ...base, kind: 'dies' })
  const [first, second] = [...notesIn(path)]
  expect(first).toMatchObject({ kind: 'delivered', id: 'order-1-1', attempt: 1 })
  expect(second?.t).toBeGreaterThanOrEqual(first?.t ?? Infinity)
})

test('a line that a kill has cut off is left out', async () => {
  const path = await place()
  using notebook = new Notebook(path)
  notebook.write({ ...base, kind: 'dies' })
  await appendFile(path, '{"t":17,"kind":"del')
  expect([...notesIn(path)]).toHaveLength(1)
})

test('a process that was killed before it could note anything has no notes', async () => {
  expect([...notesIn(await place())]).toEqual([])
})

test('whoever has not settled last is at work', async () => {
  const path = await place()
  using notebook = new Notebook(path)
  expect(isAtWork(path)).toBe(false)
  notebook.write({ ...message, kind: 'delivered', attempt: 1 })
  expect(isAtWork(path)).toBe(true)
  notebook.write({ ...base, kind: 'saved', key: 'order-1', value: 'x'.repeat(2000) })
  expect(isAtWork(path)).toBe(true)
  notebook.write({ ...message, kind: 'settled', outcome: 'ack' })
  expect(isAtWork(path)).toBe(false)
})
