// The update of a workshop that was downloaded: everything that is ours is taken from a folder with
// a newer version, what it replaces is kept, and the copy of the pristine start follows at the end.
//
// Which files of ours somebody has edited cannot be known here, so that all that differ are kept.
// To do it twice is to do it once: an update that was interrupted is done again.

import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withFiles } from '../progress/attempts.ts'
import { placeOf } from '../progress/place.ts'
import {
  bytesAt,
  contentsBelow,
  inside,
  isAlike,
  pathsBelow,
  removeFile,
  writeSafely,
} from './files.ts'
import {
  closeJournal,
  type FolderJournal,
  keepBeside,
  stagingFolder,
  updateFolder,
  writeJournal,
} from './journal.ts'
import { keepTouched, noteStarts } from './keeping.ts'
import { checkWorkshop } from './new-folder.ts'
import { folderOf, type Plan, planOf, type Versions } from './plan.ts'
import { type After, keptFolder } from './settle.ts'
import { type Updated, updatedExercises, type UpdateOptions } from './updated.ts'

/** Where the first `start` put the exercises as they came. */
const snapshot = '.workshop/pristine'

/** Throws a `SetupProblem` where `from` holds no newer version; everything is as it was then. */
export async function updateFromFolder(from: string, options: UpdateOptions): Promise<Updated> {
  const { root, now, after = () => undefined } = options
  const source = await checkWorkshop(root, from)
  await stage(source, root)
  await after('staged')
  const versions = await versionsOf(root)
  const plan = planOf(versions)
  const hasNewDependencies = await differs(root, 'pnpm-lock.yaml')
  if (!(await isNewer(root, versions))) {
    await closeJournal(root)
    const nothing = { exercises: [], hasNewDependencies: false, elsewhere: [] }
    return { kind: 'current', name: from, ...nothing }
  }
  const kept = await keepTouched(plan, versions, options)
  await noteStarts(plan, versions, options)
  const stamp = now().toISOString().replaceAll(/[:.]/g, '-')
  const journal: FolderJournal = {
    kind: 'folder',
    kept: `.workshop/attempts/workshop/${stamp}`,
    moves: [...plan.moves],
  }
  await writeJournal(root, journal)
  await after('journal')
  const { elsewhere, hasReplaced } = await withFiles(placeOf({ root }), () =>
    takeOver(root, journal, after),
  )
  return {
    kind: 'updated',
    name: from,
    exercises: updatedExercises(plan.exercises, versions, kept.attempts),
    hasNewDependencies,
    elsewhere,
    ...(hasReplaced ? { replacedIn: journal.kept } : {}),
  }
}

/** A copy of the newer version, whole or not at all: the stick may be pulled from now on. */
async function stage(source: string, root: string): Promise<void> {
  const part = `${updateFolder}/part`
  await rm(inside(root, updateFolder), { recursive: true, force: true })
  for (const path of await pathsBelow(source, '')) {
    const target = inside(root, `${part}/${path}`)
    await mkdir(dirname(target), { recursive: true })
    await cp(inside(source, path), target)
  }
  await rename(inside(root, part), inside(root, stagingFolder))
}

async function versionsOf(root: string): Promise<Versions> {
  return {
    old: await contentsBelow(inside(root, snapshot), 'exercises'),
    fresh: await contentsBelow(inside(root, stagingFolder), 'exercises'),
    here: await contentsBelow(root, 'exercises'),
  }
}

async function isNewer(root: string, { old, fresh }: Versions): Promise<boolean> {
  if (old.size === 0) return true
  const paths = new Set([...old.keys(), ...fresh.keys()])
  if ([...paths].some((path) => !isAlike(old.get(path), fresh.get(path)))) return true
  const staged = await pathsBelow(inside(root, stagingFolder), '')
  for (const path of staged.filter((one) => !one.startsWith('exercises/'))) {
    if (await differs(root, path)) return true
  }
  return (await stale(root, staged)).length > 0
}

const differs = async (root: string, path: string): Promise<boolean> =>
  !isAlike(
    await bytesAt(inside(root, path)),
    await bytesAt(inside(root, `${stagingFolder}/${path}`)),
  )

/** Files in folders that the newer version has too, and that it does not have itself. */
async function stale(root: string, staged: readonly string[]): Promise<readonly string[]> {
  const known = new Set(staged)
  const folders = new Set(staged.filter((path) => path.includes('/')).map((path) => first(path)))
  folders.delete('exercises')
  const here = await Promise.all([...folders].map((folder) => pathsBelow(root, folder)))
  return here.flat().filter((path) => !known.has(path))
}

const first = (path: string): string => path.split('/')[0] ?? ''

type Taken = { readonly elsewhere: readonly string[]; readonly hasReplaced: boolean }

/** Does what the journal says, or what is left of it, and removes it. */
export async function takeOver(
  root: string,
  { kept, moves }: FolderJournal,
  after: After = () => undefined,
): Promise<Taken> {
  const versions = await versionsOf(root)
  const plan = planOf(versions, new Map(moves))
  const elsewhere = await takeExercises(root, { plan, versions, after })
  const staged = await pathsBelow(inside(root, stagingFolder), '')
  const outside = staged.filter((path) => !path.startsWith('exercises/'))
  const gone = await stale(root, staged)
  let hasReplaced = false
  const keep = async (path: string): Promise<void> => {
    const bytes = await bytesAt(inside(root, path))
    if (bytes === undefined) return
    await keepBeside(root, kept, { path, bytes })
    hasReplaced = true
  }
  // What is new comes first: a command that was interrupted finds what it imports.
  const added = await Promise.all(
    outside.map(async (path) => (await bytesAt(inside(root, path))) === undefined),
  )
  const ordered = [
    ...outside.filter((_, index) => added[index]),
    ...outside.filter((_, index) => !added[index]),
  ]
  for (const path of ordered) {
    const fresh = await bytesAt(inside(root, `${stagingFolder}/${path}`))
    const there = await bytesAt(inside(root, path))
    if (fresh === undefined || there?.equals(fresh)) continue
    if (!isAlike(there, fresh)) await keep(path)
    await writeSafely(root, path, fresh)
    await after('replaced')
  }
  for (const path of gone) {
    await keep(path)
    await removeFile(root, path)
    await after('removed')
  }
  await takeSnapshot(root)
  await after('snapshot')
  await closeJournal(root)
  return { elsewhere, hasReplaced }
}

type Taking = { readonly plan: Plan; readonly versions: Versions; readonly after: After }

async function takeExercises(
  root: string,
  { plan, versions: { old, fresh, here }, after }: Taking,
): Promise<readonly string[]> {
  const elsewhere: string[] = []
  const arrived = new Set<string>()
  for (const [path, bytes] of here) {
    if (folderOf(path) === undefined) continue
    const place = plan.placeOf(path)
    if (place === path) continue
    if (plan.touched.has(path)) {
      // What is kept under the attempts too; here it is sure to be, whatever came in between.
      const there = place === undefined ? undefined : await bytesAt(inside(root, place))
      const isFree = there === undefined || isAlike(there, fresh.get(place ?? ''))
      if (place !== undefined && isFree) {
        await writeSafely(root, place, bytes)
        arrived.add(place)
      } else if (place === undefined || !there?.equals(bytes)) {
        await keepBeside(root, keptFolder, { path, bytes })
        if (place !== undefined) elsewhere.push(path)
      } else arrived.add(place)
    }
    await after('moved')
    await removeFile(root, path)
  }
  for (const [path, bytes] of fresh) {
    if (arrived.has(path) || here.get(path)?.equals(bytes)) continue
    // What was deleted stays so, unless its start has changed.
    if (plan.touched.has(path) && (here.has(path) || isAlike(old.get(path), bytes))) continue
    const there = await bytesAt(inside(root, path))
    const isOurs = isAlike(there, old.get(path)) || isAlike(there, bytes)
    if (there !== undefined && !isOurs) continue
    await writeSafely(root, path, bytes)
    await after('replaced')
  }
  for (const path of here.keys()) {
    const isGone = old.has(path) && !fresh.has(path) && plan.placeOf(path) === path
    if (isGone && !plan.touched.has(path)) await removeFile(root, path)
  }
  return elsewhere
}

/** The copies of how everything came: that of the exercises, and that of the solutions where there
 *  is one. */
async function takeSnapshot(root: string): Promise<void> {
  for (const folder of ['exercises', 'solutions']) {
    const old = await contentsBelow(inside(root, snapshot), folder)
    if (folder === 'solutions' && old.size === 0) continue
    const fresh = await contentsBelow(inside(root, stagingFolder), folder)
    for (const [path, bytes] of fresh) {
      if (!old.get(path)?.equals(bytes)) await writeSafely(root, `${snapshot}/${path}`, bytes)
    }
    for (const path of old.keys()) {
      if (!fresh.has(path)) await removeFile(root, `${snapshot}/${path}`)
    }
  }
}
