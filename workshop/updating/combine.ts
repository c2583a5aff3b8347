// The newer version together with an attendee's own commits, as one commit, worked out beside the
// working tree: an exercise's file that both changed stays the attendee's; elsewhere git merges line
// by line, and where it cannot, nothing happens at all.

import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAncestor } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import type { Git } from '../git/git.ts'
import { type Entry, setEntries } from '../git/index-entries.ts'
import { type Blob, type Tree, treeOf } from '../git/tree.ts'
import { inside } from './files.ts'
import { commitTree, withOwnIndex } from './import-folder.ts'
import { updateFolder } from './journal.ts'
import { folderOf } from './plan.ts'

export type Sides = {
  /** The version so far. Not always an ancestor of the newer one: a stick has no history. */
  readonly base: string
  /** The attendee's. */
  readonly head: string
  /** The newer version. */
  readonly target: string
  readonly name: string
}

/** The commit to go to: it follows `head`. Throws a `SetupProblem` that names the files which git
 *  cannot merge. */
export async function combined(git: Git, sides: Sides): Promise<string> {
  const { base, head, target, name } = sides
  if (await isAncestor(git, head, target)) return target
  const tree = await withOwnIndex(git, async (env) => {
    await git.must(['read-tree', '-m', '--aggressive', '-i', base, head, target], { env })
    const [before, after] = [await treeOf(git, base), await treeOf(git, target)]
    const entries = await Promise.all(
      (await conflictsIn(git, env)).map((conflict) => resolved(git, conflict)),
    )
    const refused = entries.filter((entry) => entry.isRefused).map(({ path }) => path)
    if (refused.length > 0) throw cannotMerge(refused, name)
    await setEntries(git, entries, env)
    await setEntries(git, await removed(git, { env, before, after }), env)
    return (await git.must(['write-tree'], { env })).toString().trim()
  })
  return commitTree(git, { tree, parents: [head, target], message: `Merge ${name}` })
}

const cannotMerge = (paths: readonly string[], name: string): SetupProblem =>
  new SetupProblem(
    `expected to merge ${name} with your own commits, but both changed ${paths.join(', ')}. ` +
      'Nothing has changed. Take these files back to what they were in a commit of your own, or ' +
      `merge by hand: git merge ${name}`,
  )

type Conflict = { readonly path: string; readonly stages: readonly (Blob | undefined)[] }

/** What both sides changed, by path, with base, attendee's and newer version. */
async function conflictsIn(
  git: Git,
  env: Readonly<Record<string, string>>,
): Promise<readonly Conflict[]> {
  const listed = (await git.must(['ls-files', '-u', '-z'], { env })).toString('utf8')
  const found = new Map<string, (Blob | undefined)[]>()
  for (const line of listed.split('\0').filter(Boolean)) {
    const [, mode = '', oid = '', stage = '', path = ''] =
      /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? []
    const stages = found.get(path) ?? [undefined, undefined, undefined]
    stages[Number(stage) - 1] = { mode, oid }
    found.set(path, stages)
  }
  return [...found].map(([path, stages]) => ({ path, stages }))
}

async function resolved(
  git: Git,
  { path, stages: [base, mine, theirs] }: Conflict,
): Promise<Entry & { readonly isRefused?: boolean }> {
  if (folderOf(path) !== undefined) return { path, entry: mine ?? null }
  const refused = { path, entry: null, isRefused: true }
  if (!base || !mine || !theirs) return refused
  const oid = await mergedFile(git, [mine, base, theirs])
  return oid === undefined ? refused : { path, entry: { mode: mine.mode, oid } }
}

/** Line by line, in files of its own. Undefined where both changed the same lines. */
async function mergedFile(git: Git, blobs: readonly Blob[]): Promise<string | undefined> {
  const folder = join(inside(git.folder, updateFolder), `merge-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    const files = await Promise.all(
      blobs.map(async ({ oid }, index) => {
        const file = join(folder, String(index))
        await writeFile(file, await git.must(['cat-file', 'blob', oid]))
        return file
      }),
    )
    const merged = await git.run(['merge-file', '-p', '--quiet', ...files])
    if (!merged.ok) return undefined
    const hashed = await git.must(['hash-object', '-w', '--stdin'], { input: merged.out })
    return hashed.toString().trim()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Trees = {
  readonly env: Readonly<Record<string, string>>
  readonly before: Tree
  readonly after: Tree
}

/** What the attendee committed in an exercise that the newer version no longer has: it is kept
 *  under the attempts, or goes where the exercise went. */
async function removed(git: Git, { env, before, after }: Trees): Promise<readonly Entry[]> {
  const [old, fresh] = [before, after].map(
    (tree) => new Set([...tree.keys()].map((path) => folderOf(path))),
  )
  const listed = (await git.must(['ls-files', '-z'], { env })).toString('utf8')
  return listed
    .split('\0')
    .filter((path) => {
      const folder = folderOf(path)
      return folder !== undefined && old?.has(folder) === true && fresh?.has(folder) !== true
    })
    .map((path) => ({ path, entry: null }))
}
