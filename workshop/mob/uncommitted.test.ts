import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitIn } from '../git/git.ts'
import { root } from '../root.ts'
import { uncommittedFiles } from './uncommitted.ts'

const hasGit = await gitIn(root)
  .run(['--version'])
  .then(({ ok }) => ok)
  .catch(() => false)

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'workshop mob é '))
  try {
    await mkdir(join(folder, 'exercises', '01-two'), { recursive: true })
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

test.runIf(hasGit)(
  'what is not committed in exercises is listed, and git stays as it is',
  async () => {
    await inFolder(async (folder) => {
      const git = gitIn(folder)
      await git.must(['init', '-q'])
      await writeFile(join(folder, 'exercises', '01-two', 'kept.ts'), 'kept\n')
      await writeFile(join(folder, 'exercises', '01-two', 'shop.ts'), 'start\n')
      await git.must(['add', '.'])
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@b']
      await git.must([...author, 'commit', '-q', '-m', 'start'])
      expect(await uncommittedFiles(folder)).toEqual([])
      await writeFile(join(folder, 'exercises', '01-two', 'shop.ts'), 'mine, longer\n')
      await writeFile(join(folder, 'exercises', '01-two', 'neu é.ts'), 'new\n')
      await writeFile(join(folder, 'elsewhere.ts'), 'not ours\n')
      const index = await readFile(join(folder, '.git', 'index'))
      expect(await uncommittedFiles(folder)).toEqual([
        'exercises/01-two/neu é.ts',
        'exercises/01-two/shop.ts',
      ])
      expect(await readFile(join(folder, '.git', 'index'))).toEqual(index)
    })
  },
)

test('where there is no git, nothing is listed', async () => {
  await inFolder(async (folder) => {
    expect(await uncommittedFiles(folder)).toEqual([])
  })
})
