// Gives an attendee's files back after the merge, or instead of it. It goes by the journal and by
// where HEAD stands, and may be interrupted and begun again as often as it takes.

import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isAncestor, startRef } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import type { Git } from '../git/git.ts'
import { indexEntries, setEntries } from '../git/index-entries.ts'
import { changedPaths, checkedOut, treeOf } from '../git/tree.ts'
import { bytesAt, inside, isAlike, removeFile, writeSafely } from './files.ts'
import {
  closeJournal,
  type GitJournal,
  keepBeside,
  type Owed,
  putBack,
  setAsideAs,
} from './journal.ts'

export type Settled = {
  /** Whether the newer version is in place; else all is as it was before the update. */
  readonly isMerged: boolean
  /** Files whose bytes could not stay where they were, and lie in `keptFolder` instead. */
  readonly elsewhere: readonly string[]
}

/** What somebody wrote in the middle of an update, or whose place is taken. */
export const keptFolder = '.workshop/kept'

/** Told where it is, so that a test can end it there. */
export type After = (step: string) => Promise<void> | void

/** Puts every file back, removes the journal, and says how it ended. */
export async function settle(
  git: Git,
  journal: GitJournal,
  after: After = () => undefined,
): Promise<Settled> {
  await refuseLocked(git)
  const isMerged = await isAncestor(git, journal.to, 'HEAD')
  const head = await git.ask('rev-parse', 'HEAD')
  if (!isMerged && head === journal.from) await mendCheckout(git, journal)
  await after('mended')
  const elsewhere: string[] = []
  for (const file of journal.files) {
    const to = isMerged ? file.to : file.path
    if (to !== null) elsewhere.push(...(await givenBack(git, journal, { ...file, to })))
    await after('given back')
  }
  await setEntries(
    git,
    journal.staged
      .map(({ path, to, entry }) => ({ path: isMerged ? (to ?? path) : path, entry }))
      // A file that was deleted has come back with the newer version.
      .filter(({ entry }) => !isMerged || entry !== null),
  )
  if (isMerged) await git.must(['update-ref', startRef, journal.start])
  await after('index')
  await closeJournal(git.folder)
  return { isMerged, elsewhere }
}

async function refuseLocked(git: Git): Promise<void> {
  const lock = resolve(git.folder, (await git.ask('rev-parse', '--git-path', 'index.lock')) ?? '')
  if (!existsSync(lock)) return
  throw new SetupProblem(
    `expected git to be at rest, but ${lock} is there: git is at work, or was ended while it was. ` +
      'Your files are kept, and are put back by the next try. If no git is running, delete that ' +
      'file, and try again',
  )
}

type Placed = Owed & { readonly to: string }

async function givenBack(
  git: Git,
  { from, to: goal }: GitJournal,
  { path, to, hash }: Placed,
): Promise<readonly string[]> {
  const elsewhere: string[] = []
  const root = git.folder
  const ours = [await blobAt(git, from, path), await blobAt(git, goal, to)]
  const keep = async (kept: string, bytes: Buffer): Promise<void> => {
    await keepBeside(root, keptFolder, { path: kept, bytes })
    elsewhere.push(kept)
  }
  try {
    await putBack(root, { hash, to, ours, keep })
  } catch (error) {
    if (!(await isTaken(root, to))) throw error
    await keep(to, await setAsideAs(root, hash))
  }
  return elsewhere
}

/** The newer version has a folder where the file was, or a file in the place of its folder. */
async function isTaken(root: string, path: string): Promise<boolean> {
  if ((await lstat(inside(root, path)).catch(() => undefined))?.isDirectory()) return true
  const parts = path.split('/')
  const folders = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
  const found = await Promise.all(folders.map((folder) => bytesAt(inside(root, folder))))
  return found.some((bytes) => bytes !== undefined)
}

async function blobAt(git: Git, commit: string, path: string): Promise<Buffer | undefined> {
  const { ok, out } = await git.run(['cat-file', 'blob', `${commit}:${path}`])
  return ok ? out : undefined
}

/** Git was ended in the middle: what already is as in the newer version goes back. It refuses to
 *  begin over an attendee's change, so that whatever equals the newer version is git's own. */
async function mendCheckout(git: Git, { from, to, missing }: GitJournal): Promise<void> {
  const root = git.folder
  const [before, after] = [await treeOf(git, from), await treeOf(git, to)]
  const index = await indexEntries(git)
  const paths = await changedPaths(git, from, to)
  const ahead = paths.filter((path) => {
    const oid = index.get(path)?.oid
    return oid === after.get(path)?.oid && oid !== before.get(path)?.oid
  })
  await setEntries(
    git,
    ahead.map((path) => ({ path, entry: before.get(path) ?? null })),
  )
  for (const path of paths) {
    const wasThere = before.has(path) && !missing.includes(path)
    const there = await bytesAt(inside(root, path))
    if (there !== undefined && !after.has(path)) continue
    // Half a file is git's too.
    const fresh = after.has(path) ? await checkedOut(git, to, path) : undefined
    const isOurs = there === undefined || isAlike(there, fresh) || isHead(there, fresh)
    if (!isOurs) continue
    if (wasThere) await writeSafely(root, path, await checkedOut(git, from, path))
    else if (there !== undefined) await removeFile(root, path)
  }
}

const isHead = (bytes: Buffer, whole: Buffer | undefined): boolean =>
  whole?.subarray(0, bytes.length).equals(bytes) ?? false
