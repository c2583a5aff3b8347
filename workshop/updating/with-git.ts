// The update of a clone. An attendee's files that git would refuse to overwrite are set aside and
// written down, git goes forward, and they are put back; what git refuses leaves all as it was.
//
// Git is asked for one thing that changes files: `merge --ff-only`, onto a commit that is ready.

import { isAncestor, startRef } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import type { Git } from '../git/git.ts'
import { setEntries, stagedBelow } from '../git/index-entries.ts'
import { changedPaths, checkedOut, contentsOf, type Tree, treeOf } from '../git/tree.ts'
import { withFiles } from '../progress/attempts.ts'
import { placeOf } from '../progress/place.ts'
import { combined } from './combine.ts'
import { bytesAt, contentsBelow, hashOf, inside, removeFile, writeSafely } from './files.ts'
import { type GitJournal, keepBeside, setAside, writeJournal } from './journal.ts'
import { type Kept, keepTouched, noteStarts } from './keeping.ts'
import { folderOf, type Plan, planOf, type Versions } from './plan.ts'
import { refuseOverlap, refuseUnfinished } from './refusals.ts'
import { keptFolder, settle } from './settle.ts'
import { findTarget, type Target } from './target.ts'
import { type Updated, updatedExercises, type UpdateOptions } from './updated.ts'

const dependencies = [
  'package.json',
  'shared/package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
]

/** Throws a `SetupProblem` where it cannot be done; everything is as it was then. */
export async function updateWithGit(git: Git, options: UpdateOptions): Promise<Updated> {
  const { root, after = () => undefined } = options
  const head = await git.ask('rev-parse', '--verify', '--quiet', 'HEAD')
  if (head === undefined) throw new SetupProblem('expected a commit in this clone, got none')
  await refuseUnfinished(git)
  const target = await findTarget(git, options.from)
  await after('fetched')
  const { name } = target
  const nothing = { name, exercises: [], hasNewDependencies: false, elsewhere: [] }
  if (await isAncestor(git, target.commit, head)) return { kind: 'current', ...nothing }
  const base = await versionSoFar(git, target)
  const goal = await combined(git, { base, head, target: target.commit, name })
  const versions = {
    old: await contentsOf(git, await treeOf(git, base, 'exercises')),
    fresh: await contentsOf(git, await treeOf(git, target.commit, 'exercises')),
    here: await contentsBelow(root, 'exercises'),
  }
  const plan = planOf(versions)
  const changed = await changedPaths(git, head, goal)
  const tree = await treeOf(git, head)
  await refuseOverlap(git, { changed, tree, name })
  const kept = await keepTouched(plan, versions, options)
  await noteStarts(plan, versions, options)
  await after('kept')
  const found = { plan, versions, changed: new Set(changed), tree, kept }
  const owed = await setAsideOwed(git, found)
  const journal = { kind: 'git' as const, from: head, to: goal, start: target.commit, ...owed }
  const { elsewhere, isMerged, said } = await withFiles(placeOf({ root }), async () => {
    await writeJournal(root, journal)
    await after('journal')
    const gone = await goForward(git, journal, { tree, after })
    return { ...(await settle(git, gone.journal, after)), said: gone.said }
  })
  if (!isMerged) throw refused(name, said, elsewhere)
  return {
    kind: 'updated',
    name,
    exercises: updatedExercises(plan.exercises, versions, kept.attempts),
    hasNewDependencies: dependencies.some((path) => changed.includes(path)),
    elsewhere,
  }
}

/** The last commit that both have, or what came from a stick after it. */
async function versionSoFar(git: Git, { commit, name }: Target): Promise<string> {
  const shared = await git.ask('merge-base', 'HEAD', commit)
  if (shared === undefined) throw unrelated(name)
  const merged = await git.ask('merge-base', 'HEAD', startRef)
  return merged !== undefined && (await isAncestor(git, shared, merged)) ? merged : shared
}

const unrelated = (name: string): SetupProblem =>
  new SetupProblem(
    `expected ${name} to share its history with this clone, got another one. Nothing has changed. ` +
      'Clone the workshop anew into another folder, and copy your files from exercises/ there',
  )

const refused = (name: string, said: string, elsewhere: readonly string[]): SetupProblem =>
  new SetupProblem(
    `expected git to go on to ${name}, got: ${said}\n` +
      'Everything is as it was. Commit what it names, or keep a copy elsewhere, and update again' +
      (elsewhere.length === 0
        ? ''
        : `. What was saved in the meantime is kept in ${keptFolder}: ${elsewhere.join(', ')}`),
  )

type Found = {
  readonly plan: Plan
  readonly versions: Versions
  readonly changed: ReadonlySet<string>
  /** What HEAD holds. */
  readonly tree: Tree
  readonly kept: Kept
}

/** Copies what git would refuse to overwrite, and what has to go elsewhere. */
async function setAsideOwed(
  git: Git,
  found: Found,
): Promise<Pick<GitJournal, 'files' | 'staged' | 'missing'>> {
  const { plan, versions, changed, tree, kept } = found
  const committed = await contentsOf(git, within(tree))
  const files: GitJournal['files'] = []
  for (const [path, bytes] of versions.here) {
    if (folderOf(path) === undefined) continue
    const place = plan.placeOf(path)
    const isTouched = plan.touched.has(path)
    const isInTheWay = changed.has(path) && !committed.get(path)?.equals(bytes)
    const isLeaving = place !== path && (isTouched || !committed.has(path))
    if (!isInTheWay && !isLeaving) continue
    const to = isTouched ? (place ?? null) : null
    files.push({ path, to, hash: await setAside(git.folder, bytes) })
    // An attempt passes over what is large, or the system's.
    const isKept = !isTouched || to !== null || (await kept.holds(path, bytes))
    if (!isKept) await keepBeside(git.folder, keptFolder, { path, bytes })
  }
  const staged = await stagedBelow(git, 'exercises')
  return {
    files,
    staged: staged
      .filter(({ path }) => changed.has(path) && folderOf(path) !== undefined)
      .map(({ path, entry }) => ({ path, to: plan.placeOf(path) ?? null, entry })),
    missing: [...committed.keys()].filter((path) => changed.has(path) && !versions.here.has(path)),
  }
}

const within = (tree: Tree): Tree =>
  new Map([...tree].filter(([path]) => folderOf(path) !== undefined))

type Gone = {
  /** What git says where it does not go. */
  readonly said: string
  /** What is owed from now on. */
  readonly journal: GitJournal
}

/** Writes the committed content over what is set aside, and lets git go forward. */
async function goForward(
  git: Git,
  journal: GitJournal,
  { tree, after }: Pick<Found, 'tree'> & { readonly after: NonNullable<UpdateOptions['after']> },
): Promise<Gone> {
  const { from, to, files, staged } = journal
  for (const [at, { path, hash }] of files.entries()) {
    const there = await bytesAt(inside(git.folder, path))
    if (there === undefined || hashOf(there) !== hash) {
      // What has not been touched needs no putting back.
      const rest = { ...journal, files: files.slice(0, at), staged: [] }
      await writeJournal(git.folder, rest)
      return { said: `${path} was saved while the update ran`, journal: rest }
    }
    if (!tree.has(path)) await removeFile(git.folder, path)
    else await writeSafely(git.folder, path, await checkedOut(git, from, path))
    await after('taken back')
  }
  await setEntries(
    git,
    staged.map(({ path }) => ({ path, entry: tree.get(path) ?? null })),
  )
  await after('index taken back')
  const args = ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', to]
  const { said } = await git.run(args)
  await after('merged')
  return { said, journal }
}
