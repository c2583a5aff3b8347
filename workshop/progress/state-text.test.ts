import { expect, test } from 'vitest'
import { noProgress, type Progress } from './state.ts'
import { parseProgress, progressText, withUnknown } from './state-text.ts'

const open = { status: 'open', runs: 1, redInARow: 1, sameFailures: 0, hints: 0 } as const

const text = `{
  "version": 1,
  "current": "outbox",
  "exercises": {
    "inbox": {"status":"done","runs":2,"redInARow":0,"sameFailures":0,"hints":3,"mood":"glad"},
    "outbox": {"status":"open","runs":1,"redInARow":1,"sameFailures":0,"hints":0}
  },
  "said": [
    "solutions"
  ],
  "zeal": {"of":["a","newer"]}
}
`

const understood = (source: string): Progress => {
  const found = parseProgress(source)
  if (found.kind === 'newer') throw new Error('expected a version that is known')
  return found.progress
}

test('progress is an exercise a line, sorted, and reads back as it was, unknown fields too', () => {
  const progress = understood(text)
  expect(progress.exercises['outbox']).toEqual(open)
  expect(progressText(progress)).toBe(text)
  const { inbox, outbox } = progress.exercises
  expect(progressText({ ...progress, exercises: { outbox: outbox!, inbox: inbox! } })).toBe(text)
})

test('a file without anything in it is one of no progress', () => {
  expect(understood(progressText(noProgress))).toEqual(noProgress)
})

test('line ends and a mark of a Windows editor are no damage', () => {
  const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`
  expect(parseProgress(windows)).toEqual({ kind: 'current', progress: understood(text) })
})

test('numbers that somebody has deleted count from nothing', () => {
  const { exercises } = understood('{"version":1,"exercises":{"outbox":{"status":"skipped"}}}')
  expect(exercises['outbox']).toEqual({ ...open, status: 'skipped', runs: 0, redInARow: 0 })
})

test('unknown fields stay where a change has left them out, known ones go', () => {
  const before = understood(text)
  const after: Progress = { version: 1, exercises: { inbox: open }, said: [] }
  expect(withUnknown(before, after)).toEqual({
    ...after,
    zeal: { of: ['a', 'newer'] },
    exercises: { inbox: { ...open, mood: 'glad' } },
  })
})

test('version 0, which had no number, is understood', () => {
  const old = '{ "done": ["01-two-clicks"], "skipped": ["02-sync"], "current": "13-outbox" }'
  const found = parseProgress(old)
  expect(found).toMatchObject({ kind: 'older', version: 0, progress: { current: 'outbox' } })
  expect(understood(old).exercises).toMatchObject({
    'two-clicks': { status: 'done' },
    sync: { status: 'skipped' },
  })
})

test('a newer version is recognised, whatever else it says', () => {
  expect(parseProgress('{"version":7,"exercises":[]}')).toEqual({ kind: 'newer', version: 7 })
})

test.each([
  ['nothing', ''],
  ['no JSON', 'hello'],
  ['no object', '[]'],
  ['NUL bytes', '\0'.repeat(512)],
  ['a version that is no number', '{"version":"one"}'],
  ['no version', '{}'],
  ['a list of exercises', '{"version":1,"exercises":[]}'],
  ['a count below nothing', '{"version":1,"exercises":{"outbox":{"status":"open","runs":-1}}}'],
])('%s is damage, and says nothing', (_name, source) => {
  expect(parseProgress(source)).toEqual({ kind: 'damaged', progress: noProgress })
})

test('of a file that was cut off, the whole lines are understood', () => {
  const cut = text.slice(0, text.indexOf('"outbox": {') + 30)
  const found = parseProgress(cut)
  expect(found.kind).toBe('damaged')
  expect(understood(cut)).toMatchObject({ current: 'outbox', exercises: { inbox: { hints: 3 } } })
  expect(Object.keys(understood(cut).exercises)).toEqual(['inbox'])
})

test('of a file with the marks of a merge, the lines of both are understood', () => {
  const merged = text.replace('    "outbox"', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n    "outbox"')
  expect(parseProgress(merged).kind).toBe('damaged')
  expect(Object.keys(understood(merged).exercises)).toEqual(['inbox', 'outbox'])
})

test('progress that could not be read back is never written', () => {
  const wrong = { ...noProgress, exercises: { outbox: { ...open, runs: Number.NaN } } }
  expect(() => progressText(wrong)).toThrow('expected progress that can be read back')
})
