import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Held, isHeld, takeRunnerLock, withLock } from './lock.ts'
import { self } from './process.ts'
import { Clone } from './testing/clone.ts'
import { Child } from './testing/processes.ts'

const aPidThatIsGone = 2 ** 22 + 17

async function take(folder: string): Promise<AsyncDisposable> {
  const lock = await takeRunnerLock(folder)
  if (isHeld(lock)) throw new Error(`expected to win, got ${lock.advice}`)
  return lock
}

/** A lock as a process would have left it that was killed. */
async function leave(folder: string, owner: object | string): Promise<void> {
  await mkdir(join(folder, 'locks', 'start'), { recursive: true })
  const token = '0123456789abcdef'
  const text =
    typeof owner === 'string' ? owner : JSON.stringify({ since: 'long ago', token, ...owner })
  await writeFile(join(folder, 'locks', 'start', 'owner.json'), text)
}

test('one runner holds the lock; another is told which process, and what to do', async () => {
  await using clone = await Clone.make()
  const lock = await take(clone.workshop)
  const other = (await takeRunnerLock(clone.workshop)) as Held
  expect(other.heldBy).toBe(process.pid)
  expect(other.advice).toContain(`got process ${process.pid}, at work since ${other.since}`)
  expect(other.advice).toContain(`delete the folder ${join(clone.workshop, 'locks', 'start')}`)
  await lock[Symbol.asyncDispose]()
  await using _again = await take(clone.workshop)
})

test('a released lock leaves nothing behind', async () => {
  await using clone = await Clone.make()
  await (await take(clone.workshop))[Symbol.asyncDispose]()
  expect(await readdir(join(clone.workshop, 'locks'))).toEqual([])
})

test('a lock whose process is gone is taken over', async () => {
  await using clone = await Clone.make()
  await leave(clone.workshop, { pid: aPidThatIsGone })
  await using _lock = await take(clone.workshop)
})

test('a lock of a runner that was killed is taken over', async () => {
  await using clone = await Clone.make()
  const child = new Child('take', clone.workshop)
  await child.line()
  child.tell('go')
  expect(await child.line()).toBe('won')
  expect(await takeRunnerLock(clone.workshop)).toMatchObject({ heldBy: expect.any(Number) })
  child.kill()
  await child.ended()
  await using _lock = await take(clone.workshop)
})

test.runIf(self().born)('a process that has got the number of another holds nothing', async () => {
  await using clone = await Clone.make()
  await leave(clone.workshop, { ...self(), born: 'an earlier boot 42' })
  await using _lock = await take(clone.workshop)
})

test('where nobody knows when a process started, its number holds the lock', async () => {
  await using clone = await Clone.make()
  await leave(clone.workshop, { pid: process.pid })
  expect(await takeRunnerLock(clone.workshop)).toMatchObject({ heldBy: process.pid })
})

test.each([
  ['no JSON', 'hello'],
  ['cut off', '{"pid": 1'],
  ['empty', ''],
  ['of another kind', '{"pid": "me"}'],
])('a damaged lock, %s, holds nobody up', async (_name, text) => {
  await using clone = await Clone.make()
  await leave(clone.workshop, text)
  await using _lock = await take(clone.workshop)
})

test('a file, or an empty folder, in the place of a lock holds nobody up', async () => {
  await using clone = await Clone.make()
  await mkdir(join(clone.workshop, 'locks'), { recursive: true })
  await writeFile(join(clone.workshop, 'locks', 'start'), '123')
  await (await take(clone.workshop))[Symbol.asyncDispose]()
  await mkdir(join(clone.workshop, 'locks', 'start'))
  await using _lock = await take(clone.workshop)
})

test('of four processes that race for a stale lock, one wins, time and again', async () => {
  await using clone = await Clone.make()
  const children = Array.from({ length: 4 }, () => new Child('take', clone.workshop))
  const all = () => Promise.all(children.map((child) => child.line()))
  expect(await all()).toEqual(children.map(() => 'ready'))
  for (let race = 0; race < 10; race += 1) {
    await leave(clone.workshop, { pid: aPidThatIsGone, token: `000000000000000${race}` })
    for (const child of children) child.tell('take it')
    const said = await all()
    expect(said.filter((line) => line === 'won')).toHaveLength(1)
    expect(said.filter((line) => /^held by \d+$/.test(line ?? ''))).toHaveLength(3)
    for (const child of children) child.tell('give it back')
    await all()
  }
  for (const child of children) child.end()
  expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0, 0])
})

test('who judged a lock stale too late does not take the next one away', async () => {
  await using clone = await Clone.make()
  await leave(clone.workshop, { pid: aPidThatIsGone })
  await using _lock = await take(clone.workshop)
  const locks = await readdir(join(clone.workshop, 'locks'))
  // The name that the latecomer would rename to is taken, and a folder with content stays.
  expect(locks).toEqual(['start', 'start.gone-0123456789abcdef'])
})

test('what runs under a lock runs alone, and hands it on when it fails', async () => {
  await using clone = await Clone.make()
  const told: string[] = []
  const lock = { folder: clone.workshop, name: 'files' }
  const work = (name: string) =>
    withLock(lock, async () => {
      told.push(`${name} begins`)
      await readFile(join(clone.folder, 'orders.ts'))
      told.push(`${name} ends`)
      throw new Error(name)
    })
  const results = await Promise.allSettled(['a', 'b', 'c'].map(work))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(told.filter((_, index) => index % 2 === 0).map((line) => line.slice(2))).toEqual([
    'begins',
    'begins',
    'begins',
  ])
})

test('who waits too long for a lock is told who holds it', async () => {
  await using clone = await Clone.make()
  const lock = { folder: clone.workshop, name: 'files' }
  const waiting = withLock(lock, () => withLock(lock, async () => 1, { waitMs: 0 }))
  await expect(waiting).rejects.toThrow(`got process ${process.pid}`)
})

test('where no lock can be made, the sentence says what to do', async () => {
  await using clone = await Clone.make()
  await writeFile(clone.workshop, 'a file in the place of the folder')
  await expect(takeRunnerLock(clone.workshop)).rejects.toThrow(
    'Make the folder of the workshop writable, then try again',
  )
})
