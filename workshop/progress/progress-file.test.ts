import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { keepAttempt } from './attempts.ts'
import { ProgressFile } from './progress-file.ts'
import { noProgress, type Progress, progressOf, withExercise, withSaid } from './state.ts'
import { parseProgress } from './state-text.ts'
import { Clone, filesIn } from './testing/clone.ts'
import { Child } from './testing/processes.ts'

const runsOf = (progress: Progress): number => progressOf(progress, 'outbox').runs
const hintShown = (progress: Progress): Progress =>
  withExercise(progress, 'outbox', (one) => ({ ...one, hints: one.hints + 1 }))

const fileOf = (clone: Clone): ProgressFile => new ProgressFile(clone.workshop, clone)
const write = async (clone: Clone, text: string | Uint8Array): Promise<void> =>
  clone.putAt('.workshop/state.json', text)
const names = async (clone: Clone): Promise<string[]> =>
  (await readdir(clone.workshop)).filter((name) => name.startsWith('state'))

test('a clone without a file has no progress, and reading makes none', async () => {
  await using clone = await Clone.make()
  expect(await fileOf(clone).read()).toEqual({ progress: noProgress })
  await expect(readdir(clone.workshop)).rejects.toThrow('ENOENT')
})

test('what was written is read, by another instance too', async () => {
  await using clone = await Clone.make()
  await fileOf(clone).update(hintShown)
  expect(await fileOf(clone).update(hintShown)).toMatchObject({
    exercises: { outbox: { hints: 2 } },
  })
  const { progress } = await fileOf(clone).read()
  expect(progressOf(progress, 'outbox').hints).toBe(2)
  expect(await names(clone)).toEqual(['state.json'])
})

test('unknown fields outlive an update that does not know them', async () => {
  await using clone = await Clone.make()
  await write(clone, '{"version":1,"exercises":{"outbox":{"status":"open","mood":"glad"}},"z":1}')
  await fileOf(clone).update(() => ({ ...noProgress, exercises: hintShown(noProgress).exercises }))
  const text = await readFile(join(clone.workshop, 'state.json'), 'utf8')
  expect(text).toContain('"mood":"glad"')
  expect(text).toContain('"z": 1')
})

test('two processes that add at the same time lose nothing of one another', async () => {
  await using clone = await Clone.make()
  const children = [1, 2].map(() => new Child('add', clone.workshop, '40'))
  for (let added = 0; added < 20; added += 1) await fileOf(clone).update(hintShown)
  expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0])
  const { progress } = await fileOf(clone).read()
  expect(progressOf(progress, 'outbox')).toMatchObject({ runs: 80, hints: 20 })
})

test('whoever is killed while it writes leaves the old file or the new one, whole', async () => {
  await using clone = await Clone.make()
  const file = fileOf(clone)
  await file.update((progress) => withSaid(progress, 'before'))
  let step = 1
  for (; step <= 60; step += 1) {
    const { progress: before } = await file.read()
    const end = await new Child('die', clone.workshop, String(step)).ended()
    const text = await readFile(file.path, 'utf8')
    expect(parseProgress(text).kind, `killed at step ${step}: ${text}`).toBe('current')
    const { progress, damaged } = await file.read()
    expect(damaged).toBeUndefined()
    expect(progress.said).toEqual(['before'])
    expect([runsOf(before), runsOf(before) + 1]).toContain(runsOf(progress))
    if (end === 0) break
    expect(end).toBe('SIGKILL')
  }
  // It was killed before each of its steps, and nobody waits for the locks that it left.
  expect(step).toBeGreaterThan(10)
  expect(step).toBeLessThan(60)
  await file.update((progress) => progress)
  const left = Object.keys(await filesIn(clone.workshop))
  expect(left.filter((path) => path.includes('.tmp'))).toEqual([])
})

test.each([
  ['no JSON', 'hello'],
  ['NUL bytes', '\0'.repeat(100)],
  ['wrong types', '{"version":1,"exercises":{"outbox":3}}'],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
])('a damaged file, %s, is put aside as it was, and work goes on', async (_name, content) => {
  await using clone = await Clone.make()
  await write(clone, content)
  const { progress, damaged } = await fileOf(clone).read()
  expect(progress).toEqual(noProgress)
  expect(damaged).toBe(join(clone.workshop, 'state.damaged-2026-11-21_14-08-33.json'))
  expect(await readFile(damaged!)).toEqual(Buffer.from(content))
  expect(await fileOf(clone).read()).toEqual({ progress: noProgress })
})

test('a second damaged file in the same second is put aside under another name', async () => {
  await using clone = await Clone.make()
  for (const text of ['one', 'two']) {
    await write(clone, text)
    await fileOf(clone).update(hintShown)
  }
  expect(await names(clone)).toEqual([
    'state.damaged-2026-11-21_14-08-33-2.json',
    'state.damaged-2026-11-21_14-08-33.json',
    'state.json',
  ])
})

test('a folder in the place of the file is put aside with what is in it', async () => {
  await using clone = await Clone.make()
  await clone.putAt('.workshop/state.json/mine.txt', 'mine')
  const { damaged } = await fileOf(clone).read()
  expect(await readFile(join(damaged!, 'mine.txt'), 'utf8')).toBe('mine')
  expect(await fileOf(clone).update(hintShown)).toMatchObject({
    exercises: { outbox: { hints: 1 } },
  })
})

test('what a damaged file no longer says is told by the attempts: a first green is done', async () => {
  await using clone = await Clone.make()
  await keepAttempt(clone.exercise, 'first green', clone)
  await keepAttempt({ ...clone.exercise, folder: '12-inbox' }, 'reset', clone)
  await write(clone, '{\n"current": "inbox",\n"two-clicks": {"status":"skipped"},\n"cut": ')
  const { progress } = await fileOf(clone).read()
  const doneAt = clone.at.toISOString()
  expect(progress.current).toBe('inbox')
  expect(progress.exercises).toMatchObject({
    outbox: { status: 'done', doneAt },
    'two-clicks': { status: 'skipped' },
  })
  expect(Object.keys(progress.exercises).sort()).toEqual(['outbox', 'two-clicks'])
  expect(await fileOf(clone).read()).toEqual({ progress })
})

test('an older file is understood, and kept beside the new one', async () => {
  await using clone = await Clone.make()
  const old = '{ "done": ["01-two-clicks"] }'
  await write(clone, old)
  const { progress } = await fileOf(clone).read()
  expect(progressOf(progress, 'two-clicks').status).toBe('done')
  expect(await names(clone)).toEqual(['state.json'])
  await fileOf(clone).update(hintShown)
  expect(await readFile(join(clone.workshop, 'state.version-0.json'), 'utf8')).toBe(old)
  const after = await fileOf(clone).read()
  expect(Object.keys(after.progress.exercises)).toEqual(['outbox', 'two-clicks'])
})

test('a newer file is not touched, and the sentence says what to do', async () => {
  await using clone = await Clone.make()
  await write(clone, '{"version":2}')
  for (const work of [() => fileOf(clone).read(), () => fileOf(clone).update(hintShown)]) {
    const failed = await work().catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(SetupProblem)
    expect(String(failed)).toContain('to be of version 1, got 2: a newer workshop wrote it')
  }
  expect(await readFile(join(clone.workshop, 'state.json'), 'utf8')).toBe('{"version":2}')
})

test('where nothing can be written, reading works and writing says what to do', async () => {
  await using clone = await Clone.make()
  await write(clone, '{\n"outbox": {"status":"done"},\n')
  await writeFile(join(clone.workshop, 'locks'), 'a file in the place of the folder')
  const { progress, damaged } = await fileOf(clone).read()
  expect(progressOf(progress, 'outbox').status).toBe('done')
  expect(damaged).toBe(join(clone.workshop, 'state.json'))
  const failed = await fileOf(clone)
    .update(hintShown)
    .catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(SetupProblem)
  expect(String(failed)).toContain('then try again')
})

test('a folder that only looks like ours is no progress', async () => {
  await using clone = await Clone.make()
  await writeFile(clone.workshop, 'a file in the place of the folder')
  expect(await fileOf(clone).read()).toEqual({ progress: noProgress })
  await expect(fileOf(clone).update(hintShown)).rejects.toBeInstanceOf(SetupProblem)
})
