import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitIn } from '../git/git.ts'
import { attemptsOf, keptBytes } from './attempts.ts'
import { type Disk, realDisk } from './place.ts'
import { undo } from './restore.ts'
import { editedSolutions, keepSolutions, moveEdit } from './stray-edits.ts'
import { Clone, solved } from './testing/clone.ts'

const edited = 'solutions/13-outbox/orders.ts'
const read = (clone: Clone, path: string): Promise<string> =>
  readFile(join(clone.root, path), 'utf8')
const strayIn = async (clone: Clone): Promise<readonly string[]> => {
  const edits = await editedSolutions([clone.exercise], here(clone))
  return edits.map(({ file }) => file)
}
const here = (clone: Clone) => ({ root: clone.root, now: clone.now, isBuild: false })

async function commit(clone: Clone): Promise<void> {
  const git = gitIn(clone.root)
  const who = ['-c', 'user.name=Zoe', '-c', 'user.email=zoe@example.org']
  await git.must(['init', '-q'])
  await git.must(['add', '-A'])
  await git.must([...who, 'commit', '-q', '-m', 'as it came'])
}

async function withGit(): Promise<Clone> {
  const clone = await Clone.make()
  await clone.putAt('.gitignore', '.workshop/\n')
  await commit(clone)
  // Where it was cloned from.
  await gitIn(clone.root).must(['update-ref', 'refs/remotes/origin/HEAD', 'HEAD'])
  return clone
}

async function withoutGit(): Promise<Clone> {
  const clone = await Clone.make()
  await keepSolutions(clone)
  return clone
}

const ways = [
  ['with git', withGit],
  ['without git', withoutGit],
] as const

test.each(ways)('%s, an edit of a solution is found, line ends alone are none', async (_, make) => {
  await using clone = await make()
  expect(await strayIn(clone)).toEqual([])
  await clone.putAt('solutions/13-outbox/extra.ts', 'export const extra = 2\r\n')
  await clone.putAt('solutions/13-outbox/new.ts', 'new')
  expect(await strayIn(clone)).toEqual([])
  await clone.putAt(edited, 'mine')
  expect(await strayIn(clone)).toEqual(['orders.ts'])
})

test.each(ways)(
  '%s, an edit is moved, and neither it nor what it meets is lost',
  async (_, make) => {
    await using clone = await make()
    await clone.put('orders.ts', 'my first try')
    await clone.putAt(edited, Buffer.from([0xff, 0x0d, 0x0a]))
    const edit = { exercise: clone.exercise, file: 'orders.ts' }
    const done = await moveEdit(edit, clone)
    expect(done).toMatchObject({ exercise: '13-outbox', written: ['orders.ts'] })
    expect((await clone.files())['orders.ts']).toBe('\xff\r\n')
    expect(await read(clone, edited)).toBe(solved['orders.ts'])
    const [attempt] = await attemptsOf(clone.exercise, clone)
    expect(attempt).toMatchObject({ why: 'moved from solutions', path: done.kept })
    expect(String(await keptBytes(attempt!, 'orders.ts'))).toBe('my first try')
    expect(await readFile(join(attempt!.path, 'solution', 'orders.ts'), 'latin1')).toBe('\xff\r\n')
    expect(await strayIn(clone)).toEqual([])
    await undo([clone.exercise], clone)
    expect(await clone.read('orders.ts')).toBe('my first try')
  },
)

test('who commits changes of solutions is an author, and is not bothered', async () => {
  await using clone = await withGit()
  await clone.putAt(edited, 'a better solution')
  expect(await strayIn(clone)).toEqual(['orders.ts'])
  await commit(clone)
  expect(await strayIn(clone)).toEqual([])
  await clone.putAt(edited, 'a still better one')
  expect(await strayIn(clone)).toEqual([])
})

test('a build machine is not bothered', async () => {
  await using clone = await withGit()
  await clone.putAt(edited, 'mine')
  expect(await editedSolutions([clone.exercise], { ...here(clone), isBuild: true })).toEqual([])
})

test('without git and without a copy nobody knows, and nobody is bothered', async () => {
  await using clone = await Clone.make()
  await clone.putAt(edited, 'mine')
  expect(await strayIn(clone)).toEqual([])
})

test('the copy is made once, of what came, and only where there is no git', async () => {
  await using clone = await withoutGit()
  await clone.putAt(edited, 'mine')
  await keepSolutions(clone)
  expect(await strayIn(clone)).toEqual(['orders.ts'])
  await using other = await withGit()
  await keepSolutions(other)
  await expect(read(other, `.workshop/pristine/${edited}`)).rejects.toThrow('ENOENT')
})

test('what is no edit is not moved, and the sentence says so', async () => {
  await using clone = await withGit()
  const edit = { exercise: clone.exercise, file: 'orders.ts' }
  await expect(moveEdit(edit, clone)).rejects.toThrow(`expected an edit in ${edited}, got none`)
  await clone.putAt('solutions/13-outbox/new.ts', 'new')
  const other = moveEdit({ ...edit, file: 'new.ts' }, clone)
  await expect(other).rejects.toThrow('got no file of the workshop')
})

test('a save in the solution while its edit is moved is not written over', async () => {
  await using clone = await withGit()
  await clone.putAt(edited, 'mine')
  const replace: Disk['replace'] = async (path, ...rest) => {
    if (path.includes('solutions')) await clone.putAt(edited, 'saved again')
    await realDisk.replace(path, ...rest)
  }
  clone.disk = { ...realDisk, replace }
  const edit = { exercise: clone.exercise, file: 'orders.ts' }
  await expect(moveEdit(edit, clone)).rejects.toThrow('got another save meanwhile')
  expect(await read(clone, edited)).toBe('saved again')
  expect(await clone.read('orders.ts')).toBe('mine')
})
