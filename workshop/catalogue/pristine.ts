// The exercises as the repository holds them, whatever an attendee has made of them since. `verify`
// reads them from here, so that no edit ever turns a check red.
//
// From git: the commit that this clone shares with where it came from, so that an attendee may
// commit. Without git: the copy that the first `start` made under `.workshop/pristine`. For authors
// and for CI: the working tree itself.

import { readFile, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { openGit } from '../git/git.ts'
import { contentsOf, treeOf } from '../git/tree.ts'
import { root } from '../root.ts'
import { startCommit } from './start-commit.ts'

/** The files under `exercises/`, by their path from the root, with `/` on every system. */
export type Pristine = {
  readonly source: string
  /** Whether an edit in the working tree leaves it as it is. */
  readonly isKept: boolean
  readonly files: ReadonlyMap<string, string>
}

export type PristineOptions = {
  /** Take the exercises as they are in the working tree. */
  readonly worktree: boolean
}

export const snapshotFolder = join(root, '.workshop', 'pristine')

export async function readPristine({ worktree }: PristineOptions): Promise<Pristine> {
  const here = await filesBelow(root, 'exercises')
  if (worktree) return { source: 'the working tree', isKept: false, files: here }
  const known = (await fromGit()) ?? (await fromSnapshot())
  if (!known) return { source: 'the working tree', isKept: false, files: here }
  // An exercise that the repository does not hold yet is an author's new one.
  const folders = new Set([...known.files.keys()].map(folderOf))
  const added = [...here].filter(([path]) => !folders.has(folderOf(path)))
  return { ...known, files: new Map([...known.files, ...added]) }
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** The text files below `folder` of `base`. */
export async function filesBelow(
  base: string,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(base, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  const files = new Map<string, string>()
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    files.set(relative(base, path).split(sep).join('/'), await readFile(path, 'utf8'))
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function fromSnapshot(): Promise<Pristine | undefined> {
  const files = await filesBelow(snapshotFolder, 'exercises')
  return files.size > 0
    ? { source: 'the copy made by the first start', isKept: true, files }
    : undefined
}

async function fromGit(): Promise<Pristine | undefined> {
  const git = await openGit(root)
  const commit = git && (await startCommit(git))
  if (git === undefined || commit === undefined) return undefined
  const held = await contentsOf(git, await treeOf(git, commit, 'exercises'))
  if (held.size === 0) return undefined
  const files = new Map([...held].map(([path, bytes]) => [path, bytes.toString('utf8')]))
  return { source: `git ${commit.slice(0, 10)}`, isKept: true, files }
}
