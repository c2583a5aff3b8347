import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { attemptsBelow, attemptsOf, keepAttempt, keptBytes } from './attempts.ts'
import { realDisk } from './place.ts'
import { Clone, filesIn } from './testing/clone.ts'

test('an attempt holds what differs from the start, byte for byte, and says why', async () => {
  await using clone = await Clone.make()
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xc3])
  await clone.put('orders.ts', bytes)
  await clone.put('attempt.json', 'mine')
  await clone.put('sub/Zoë notes.md', '')
  await clone.delete('README.md')
  const attempt = await keepAttempt(clone.exercise, 'reset', clone)
  const path = join(clone.workshop, 'attempts', '13-outbox', '2026-11-21_14-08-33')
  const { 'attempt.json': told, ...files } = await filesIn(path)
  expect(files).toEqual({
    'files/attempt.json': 'mine',
    'files/orders.ts': bytes.toString('latin1'),
    'files/sub/Zoë notes.md': '',
  })
  const said = {
    exercise: '13-outbox',
    why: 'reset',
    at: clone.at.toISOString(),
    files: ['attempt.json', 'orders.ts', 'sub/Zoë notes.md'],
    missing: ['README.md'],
    writes: [],
  }
  expect(JSON.parse(Buffer.from(told!, 'latin1').toString())).toEqual({ version: 1, ...said })
  expect(attempt).toEqual({ path, ...said })
  expect(await attemptsOf(clone.exercise, clone)).toEqual([attempt])
  expect(await keptBytes(attempt, 'orders.ts')).toEqual(bytes)
  expect(await keptBytes(attempt, 'sub/deep.ts')).toBeUndefined()
})

test('files about to be written are kept even where they equal the start', async () => {
  await using clone = await Clone.make()
  const { files } = await keepAttempt(clone.exercise, 'update', {
    root: clone.root,
    now: clone.now,
    writes: ['orders.ts', 'new.ts'],
  })
  expect(files).toEqual(['orders.ts'])
})

test('attempts of one second have names of their own, and keep their order', async () => {
  await using clone = await Clone.make()
  for (let number = 0; number < 11; number += 1) {
    await clone.put('orders.ts', String(number))
    await keepAttempt(clone.exercise, 'reset', clone)
  }
  const attempts = await attemptsOf(clone.exercise, clone)
  expect(attempts.at(1)!.path).toMatch(/2026-11-21_14-08-33-2$/)
  const kept = await Promise.all(attempts.map((attempt) => keptBytes(attempt, 'orders.ts')))
  expect(kept.map(String)).toEqual(Array.from({ length: 11 }, (_, number) => String(number)))
})

test('a clock that goes back does not change the order', async () => {
  await using clone = await Clone.make()
  await keepAttempt(clone.exercise, 'reset', clone)
  clone.at = new Date(2026, 10, 21, 13)
  await keepAttempt(clone.exercise, 'undo', clone)
  expect((await attemptsOf(clone.exercise, clone)).map(({ why }) => why)).toEqual(['reset', 'undo'])
})

test('attempts are found under whatever number the exercise had', async () => {
  await using clone = await Clone.make()
  await keepAttempt(clone.exercise, 'reset', clone)
  expect(await attemptsOf({ folder: '14-outbox' }, clone)).toHaveLength(1)
  expect(await attemptsOf({ folder: '14-generic-outbox' }, clone)).toEqual([])
  await keepAttempt({ ...clone.exercise, folder: '14-generic-outbox' }, 'reset', clone)
  expect(await attemptsOf(clone.exercise, clone)).toHaveLength(1)
})

test('what else lies among the attempts is passed by', async () => {
  await using clone = await Clone.make()
  const attempt = await keepAttempt(clone.exercise, 'reset', clone)
  const folder = join(clone.workshop, 'attempts', '13-outbox')
  const told = await readFile(join(attempt.path, 'attempt.json'), 'utf8')
  const foreign: Record<string, string> = {
    'cut/attempt.json': told.slice(0, 20),
    'why/attempt.json': told.replace('reset', 'whim'),
    'out/attempt.json': told.replace('"files": []', '"files": ["../../../../orders.ts"]'),
    'absolute/attempt.json': told.replace('"files": []', '"files": ["/etc/passwd"]'),
    'empty/notes.md': '',
    'notes.md': '',
  }
  for (const [path, text] of Object.entries(foreign)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  expect(await attemptsOf(clone.exercise, clone)).toEqual([attempt])
  expect(await attemptsBelow(join(clone.root, 'nowhere'))).toEqual([])
})

test('what cannot be kept is a problem that is named, and leaves no half of an attempt', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'mine')
  await clone.put('more.ts', 'mine')
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  for (const failsAt of [1, 2, 3]) {
    let writes = 0
    const write: typeof realDisk.write = async (...args) => {
      writes += 1
      if (writes === failsAt) throw full
      await realDisk.write(...args)
    }
    const place = { root: clone.root, disk: { ...realDisk, write } }
    const failed = await keepAttempt(clone.exercise, 'reset', place).catch((error) => error)
    expect(failed).toBeInstanceOf(SetupProblem)
    expect(failed.message).toContain('Nothing in the exercise was changed. Make room')
    expect(failed.cause).toBe(full)
  }
  expect(await readdir(join(clone.workshop, 'attempts'))).toEqual([])
})

test('a disk that takes less than it was given is found out before anybody goes on', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'mine')
  const write: typeof realDisk.write = (path, bytes) => realDisk.write(path, bytes.subarray(1))
  const place = { root: clone.root, disk: { ...realDisk, write } }
  await expect(keepAttempt(clone.exercise, 'reset', place)).rejects.toThrow('as written, got')
})

test('what a process that was killed had half kept is no attempt, and goes', async () => {
  await using clone = await Clone.make()
  const half = `attempts/.workshop-${2 ** 22 + 17}-0123456789ab.tmp`
  await clone.putAt(`.workshop/${half}/files/orders.ts`, 'half')
  expect(await attemptsBelow(join(clone.workshop, 'attempts'))).toEqual([])
  await keepAttempt(clone.exercise, 'reset', clone)
  expect(await readdir(join(clone.workshop, 'attempts'))).toEqual(['13-outbox'])
})

test('a link in the place of a file that is to be written stops everything', async () => {
  await using clone = await Clone.make()
  await rm(join(clone.folder, 'orders.ts'))
  await symlink(join(clone.root, 'elsewhere'), join(clone.folder, 'orders.ts'))
  const place = { root: clone.root, writes: ['orders.ts'] }
  await expect(keepAttempt(clone.exercise, 'reset', place)).rejects.toThrow(
    'expected exercises/13-outbox/orders.ts to be a file',
  )
})

test('bytes that somebody took out of an attempt are missed by name', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'mine')
  const attempt = await keepAttempt(clone.exercise, 'reset', clone)
  await rm(join(attempt.path, 'files/orders.ts'))
  await expect(keptBytes(attempt, 'orders.ts')).rejects.toThrow('expected orders.ts in')
})
