import { expect, test } from 'vitest'
import { bytesText, pictureOf, readFigures, readPicture } from './figures.ts'
import { counts, measure } from './measuring.ts'

const again = '`workshop lectures --measure` measures again'

test('an outbox and a store of ids grow with every message, and tokens leave nothing', async () => {
  const [outbox, ids, tokens] = await readFigures()
  for (const grows of [outbox, ids]) {
    expect(grows?.stored.map(({ messages }) => messages)).toEqual(counts)
    for (const { messages, bytes } of grows?.stored ?? []) {
      expect(bytes / messages).toBeGreaterThanOrEqual(45)
    }
  }
  expect(tokens?.stored).toEqual(counts.map((messages) => ({ messages, entries: 0, bytes: 0 })))
})

test('what the figures say of few messages is so', async () => {
  const few = counts.filter((count) => count <= 500)
  const measured = await measure(few, { worktree: process.env['CI'] === 'true' })
  const known = (await readFigures()).map(({ stored, ...one }) => ({
    ...one,
    stored: stored.slice(0, few.length),
  }))
  expect(measured, again).toEqual(known)
})

test('the picture is drawn of the figures', async () => {
  expect(await readPicture(), again).toBe(pictureOf(await readFigures()))
})

test.for([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 KB'],
  [59_500, '59.5 KB'],
  [5_949_999, '5.9 MB'],
] as const)('%i is %s', ([bytes, text]) => expect(bytesText(bytes)).toBe(text))
