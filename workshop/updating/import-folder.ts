// A folder without git, such as an unpacked download, as a commit that follows the version so far.
// It goes by an index of its own: neither the working tree nor git's own index is touched.

import { mkdir, rm } from 'node:fs/promises'
import type { Git } from '../git/git.ts'
import { treeOf } from '../git/tree.ts'
import { inside, pathsBelow } from './files.ts'
import { updateFolder } from './journal.ts'
import { checkWorkshop } from './new-folder.ts'

/** The new commit, or `parent` itself where the folder holds the same. */
export async function importFolder(git: Git, folder: string, parent: string): Promise<string> {
  const source = await checkWorkshop(git.folder, folder)
  const files = await pathsBelow(source, '')
  const gone = [...(await treeOf(git, parent)).keys()].filter((path) => !files.includes(path))
  const tree = await withOwnIndex(git, async (env) => {
    await git.must(['read-tree', parent], { env })
    // A stick knows no mode: what was executable stays so.
    const update = ['-c', 'core.fileMode=false', 'update-index', '-z']
    const given = { ...env, GIT_WORK_TREE: source }
    await git.must([...update, '--add', '--stdin'], { env: given, input: listed(files) })
    await git.must([...update, '--force-remove', '--stdin'], { env: given, input: listed(gone) })
    return (await git.must(['write-tree'], { env })).toString().trim()
  })
  if (tree === (await git.ask('rev-parse', `${parent}^{tree}`))) return parent
  return commitTree(git, { tree, parents: [parent], message: 'A newer version of the workshop' })
}

const listed = (paths: readonly string[]): string => paths.map((path) => `${path}\0`).join('')

/** Runs `work` with an empty index that is thrown away afterwards. */
export async function withOwnIndex<T>(
  git: Git,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const folder = inside(git.folder, updateFolder)
  const index = inside(folder, 'index')
  await mkdir(folder, { recursive: true })
  await rm(index, { force: true })
  try {
    return await work({ GIT_INDEX_FILE: index })
  } finally {
    await rm(index, { force: true })
  }
}

export type NewCommit = {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
}

/** A commit that no branch holds yet. Its author is the attendee, as far as git knows one. */
export async function commitTree(git: Git, commit: NewCommit): Promise<string> {
  const hasName = (await git.run(['var', 'GIT_COMMITTER_IDENT'])).ok
  const name = ['-c', 'user.name=workshop', '-c', 'user.email=workshop@localhost']
  const made = await git.must([
    ...(hasName ? [] : name),
    'commit-tree',
    commit.tree,
    '-m',
    commit.message,
    ...commit.parents.flatMap((parent) => ['-p', parent]),
  ])
  return made.toString().trim()
}
