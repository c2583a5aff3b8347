import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { attemptsOf } from './attempts.ts'
import { type Disk, realDisk } from './place.ts'
import { bringBackMissing, resetExercise, takeSolution, undo } from './restore.ts'
import { asItCame, Clone, solved } from './testing/clone.ts'

/** A clone in which the attendee has changed, deleted and added. */
async function worked(): Promise<Clone> {
  const clone = await Clone.make()
  await clone.put('orders.ts', Buffer.from([0x6d, 0x0d, 0x0a, 0xff]))
  await clone.delete('sub/deep.ts')
  await clone.put('notes.md', 'mine')
  return clone
}

test('a reset brings the start back, leaves own files, and says where the work is', async () => {
  await using clone = await worked()
  const done = await resetExercise(clone.exercise, clone)
  expect(done).toEqual({
    exercise: '13-outbox',
    kept: join(clone.workshop, 'attempts', '13-outbox', '2026-11-21_14-08-33'),
    written: ['orders.ts', 'sub/deep.ts'],
    removed: [],
    left: ['notes.md'],
  })
  expect(await clone.files()).toEqual({ ...asItCame, 'notes.md': 'mine' })
})

test('a reset of an exercise as it came does nothing, and keeps nothing', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'export const orders = 1\r\n')
  const done = await resetExercise(clone.exercise, clone)
  expect(done).toEqual({ exercise: '13-outbox', written: [], removed: [], left: [] })
  expect(await attemptsOf(clone.exercise, clone)).toEqual([])
  expect(await clone.read('orders.ts')).toContain('\r\n')
})

test('undo brings back what a reset replaced, and another undo takes that back', async () => {
  await using clone = await worked()
  const mine = await clone.files()
  await resetExercise(clone.exercise, clone)
  const reset = await clone.files()
  const undone = await undo([clone.exercise], clone)
  expect(undone).toMatchObject({
    undid: 'reset',
    doneAt: clone.at.toISOString(),
    written: ['orders.ts'],
    removed: ['sub/deep.ts'],
    left: ['notes.md'],
  })
  expect(await clone.files()).toEqual(mine)
  expect(await undo([clone.exercise], clone)).toMatchObject({ undid: 'undo' })
  expect(await clone.files()).toEqual(reset)
})

test('what was written after a reset is kept by the undo, and other files stay', async () => {
  await using clone = await worked()
  await resetExercise(clone.exercise, clone)
  await clone.put('orders.ts', 'later')
  await clone.put('README.md', 'my remarks')
  await undo([clone.exercise], clone)
  expect(await clone.everything()).toContain('later')
  expect(await clone.read('README.md')).toBe('my remarks')
  await undo([clone.exercise], clone)
  expect(await clone.read('orders.ts')).toBe('later')
})

test('a take-over lays the solution over the work, and undo takes it away again', async () => {
  await using clone = await worked()
  const mine = await clone.files()
  const done = await takeSolution(clone.exercise, clone)
  expect(done).toMatchObject({ written: ['extra.ts', 'orders.ts'], left: ['notes.md'] })
  expect(await clone.files()).toEqual({ ...mine, ...solved })
  expect(await undo([clone.exercise], clone)).toMatchObject({ removed: ['extra.ts'] })
  expect(await clone.files()).toEqual(mine)
})

test('a file of the start that was replaced comes back as it was, even by its line ends', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'export const orders = 1\r\n')
  await takeSolution(clone.exercise, clone)
  await undo([clone.exercise], clone)
  expect(await clone.read('orders.ts')).toBe('export const orders = 1\r\n')
})

test('undo looks for the last time in any of the exercises, under any number', async () => {
  await using clone = await worked()
  await resetExercise(clone.exercise, clone)
  const inbox = { folder: '12-inbox', start: new Map([['inbox.ts', 'start']]) }
  await clone.putAt('exercises/12-inbox/inbox.ts', 'mine')
  clone.at = new Date(2026, 10, 21, 15)
  await resetExercise(inbox, clone)
  expect(await undo([clone.exercise, inbox], clone)).toMatchObject({ exercise: '12-inbox' })
  expect(await undo([inbox, clone.exercise], clone)).toMatchObject({ exercise: '12-inbox' })
  expect(await undo([clone.exercise], clone)).toMatchObject({ undid: 'reset' })
})

test('where the workshop has written nothing, there is nothing to undo', async () => {
  await using clone = await worked()
  expect(await undo([clone.exercise], clone)).toBeUndefined()
})

test('only what is missing is brought back', async () => {
  await using clone = await worked()
  const mine = await clone.files()
  const done = await bringBackMissing(clone.exercise, clone)
  expect(done).toEqual({
    exercise: '13-outbox',
    written: ['sub/deep.ts'],
    removed: [],
    left: ['notes.md', 'orders.ts'],
  })
  expect(await clone.files()).toEqual({ ...mine, 'sub/deep.ts': asItCame['sub/deep.ts'] })
})

test('an exercise that is gone altogether is brought back', async () => {
  await using clone = await worked()
  await rm(clone.folder, { recursive: true })
  await bringBackMissing(clone.exercise, clone)
  expect(await clone.files()).toEqual(asItCame)
})

test('whoever saves between keeping and writing wins, and is kept too', async () => {
  await using clone = await worked()
  let saves = 0
  const replace: Disk['replace'] = async (path, ...rest) => {
    if (path.endsWith('deep.ts') && saves < 2)
      await clone.put('sub/deep.ts', `save ${(saves += 1)}`)
    await realDisk.replace(path, ...rest)
  }
  clone.disk = { ...realDisk, replace }
  const mine = await clone.read('orders.ts')
  await resetExercise(clone.exercise, clone)
  expect(await clone.files()).toEqual({ ...asItCame, 'notes.md': 'mine' })
  const everything = await clone.everything()
  for (const content of ['save 1', 'save 2']) expect(everything).toContain(content)
  clone.disk = realDisk
  await undo([clone.exercise], clone)
  expect(await clone.read('orders.ts')).toBe(mine)
  expect(await clone.read('sub/deep.ts')).toBe('save 2')
})

test('against something that saves all the time, nothing is changed', async () => {
  await using clone = await worked()
  let saves = 0
  const replace: Disk['replace'] = async (path, ...rest) => {
    if (path.endsWith('deep.ts')) await clone.put('sub/deep.ts', `save ${(saves += 1)}`)
    await realDisk.replace(path, ...rest)
  }
  clone.disk = { ...realDisk, replace }
  const mine = await clone.files()
  await expect(resetExercise(clone.exercise, clone)).rejects.toThrow('Stop whatever saves them')
  expect(await clone.files()).toEqual({ ...mine, 'sub/deep.ts': 'save 3' })
  expect(await undo([clone.exercise], clone)).toBeUndefined()
})

test('a disk that is full half way leaves every file as it was, and nothing to undo', async () => {
  await using clone = await worked()
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
  const replace: Disk['replace'] = async (path, ...rest) => {
    if (path.endsWith('deep.ts')) throw full
    await realDisk.replace(path, ...rest)
  }
  clone.disk = { ...realDisk, replace }
  const mine = await clone.files()
  const failed = await resetExercise(clone.exercise, clone).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(SetupProblem)
  expect(failed).toMatchObject({ cause: full })
  expect(await clone.files()).toEqual(mine)
  expect(await undo([clone.exercise], clone)).toBeUndefined()
})

test('where the work cannot be kept, not a byte of it is written over', async () => {
  await using clone = await worked()
  const mine = await clone.files()
  await clone.putAt('.workshop/attempts', 'a file in the place of the folder')
  for (const work of [resetExercise, takeSolution]) {
    await expect(work(clone.exercise, clone)).rejects.toBeInstanceOf(SetupProblem)
  }
  expect(await clone.files()).toEqual(mine)
})

test('what lies behind a link is never written', async () => {
  await using clone = await worked()
  await clone.putAt('elsewhere/deep.ts', 'not ours')
  await clone.delete('sub')
  await symlink(join(clone.root, 'elsewhere'), join(clone.folder, 'sub'))
  const mine = await clone.files()
  await expect(resetExercise(clone.exercise, clone)).rejects.toThrow(
    'expected exercises/13-outbox/sub/deep.ts to be a file',
  )
  expect((await bringBackMissing(clone.exercise, clone)).written).toEqual([])
  expect(await clone.files()).toEqual(mine)
})
