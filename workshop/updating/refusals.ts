// What an update does not begin with: a merge that is half done, and changes outside of the
// exercises that the newer version changes too. Each is said with what to do.

import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SetupProblem } from '../command.ts'
import type { Git } from '../git/git.ts'
import type { Tree } from '../git/tree.ts'
import { inside } from './files.ts'
import { folderOf } from './plan.ts'

const unfinished = {
  MERGE_HEAD: 'a merge',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase',
  'index.lock': 'another git, or one that was ended (then delete .git/index.lock),',
}

export async function refuseUnfinished(git: Git): Promise<void> {
  const asked = Object.keys(unfinished).flatMap((file) => ['--git-path', file])
  const paths = (await git.must(['rev-parse', ...asked])).toString('utf8').split(/\r?\n/)
  for (const [index, what] of Object.values(unfinished).entries()) {
    if (!existsSync(resolve(git.folder, paths[index] ?? ''))) continue
    throw new SetupProblem(
      `expected a clone at rest, but ${what} is under way (git status says more). ` +
        'Nothing has changed. End it first, and update again',
    )
  }
  const conflicts = await git.ask('ls-files', '-u')
  if (!conflicts) return
  throw new SetupProblem(
    'expected a clone without conflicts, got some (git status lists them). Nothing has changed. ' +
      'Resolve them first, and update again',
  )
}

type Overlap = {
  /** The paths that the newer version changes. */
  readonly changed: readonly string[]
  /** What HEAD holds. */
  readonly tree: Tree
  readonly name: string
}

/** Files outside of the exercises that the attendee and the newer version changed. */
export async function refuseOverlap(git: Git, { changed, tree, name }: Overlap): Promise<void> {
  const outside = new Set(changed.filter((path) => folderOf(path) === undefined))
  const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--no-renames']
  const listed = (await git.must(args)).toString('utf8').split('\0').filter(Boolean)
  const edited = listed
    // What was deleted and nothing else comes back.
    .filter((line) => !line.startsWith(' D'))
    .map((line) => line.slice(3))
    .filter((path) => outside.has(path))
  const added: string[] = []
  for (const path of outside) {
    if (tree.has(path)) continue
    if (await lstat(inside(git.folder, path)).catch(() => undefined)) added.push(path)
  }
  if (edited.length + added.length === 0) return
  const commit = `git commit -m "My changes" -- ${edited.join(' ')}`
  throw new SetupProblem(
    `expected your changes outside of exercises/ to leave alone what ${name} changes, but both ` +
      `change ${[...edited, ...added].join(', ')}. Nothing has changed. ` +
      (edited.length > 0 ? `Commit yours (${commit}), and update again: git merges them. ` : '') +
      (added.length > 0 ? `Give another name to ${added.join(', ')}, and update again.` : ''),
  )
}
