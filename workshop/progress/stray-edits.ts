// Edits that landed in `solutions/` instead of `exercises/`: which, and how to move one. Who works
// on solutions on purpose (`CI=true`, or committed changes) is not bothered.
//
// Only the solution's own files count, those that have a place in the exercise. What the repository
// holds comes from git; without git, from the copy made by `keepSolutions`.

import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exercise } from '../catalogue/exercise.ts'
import { startCommit } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import { openGit } from '../git/git.ts'
import { contentsOf, treeOf } from '../git/tree.ts'
import { withFiles } from './attempts.ts'
import { ChangedMeanwhile, readPlain, temporaryName } from './disk.ts'
import { type Place, placeOf, workshopFolder } from './place.ts'
import { carryOut, type Done } from './restore.ts'
import { isAlike } from './work.ts'

/** What is needed of an exercise to find its solution, and where an edit of that belongs. */
export type Solved = Pick<Exercise, 'folder' | 'start' | 'solution'>

/** `file` is a path in the folder of the exercise and of its solution. */
export type StrayEdit = { readonly exercise: Solved; readonly file: string }

export type StrayOptions = Partial<Place> & {
  /** Whether this is a build machine, which edits nothing by mistake. */
  readonly isBuild?: boolean
}

export async function editedSolutions(
  exercises: readonly Solved[],
  { isBuild = process.env['CI'] === 'true', ...given }: StrayOptions = {},
): Promise<readonly StrayEdit[]> {
  if (isBuild) return []
  const place = placeOf(given)
  const asked = exercises.flatMap((exercise) =>
    [...exercise.solution.keys()].map((file) => ({ exercise, file })),
  )
  const held = await heldByRepository(asked.map(pathOf), place)
  const edits: StrayEdit[] = []
  for (const edit of asked) {
    const bytes = held.get(pathOf(edit))
    const found = await readPlain(join(place.root, pathOf(edit)))
    if (bytes && Buffer.isBuffer(found) && !isAlike(found, bytes)) edits.push(edit)
  }
  return edits
}

const pathOf = ({ exercise, file }: StrayEdit): string => `solutions/${exercise.folder}/${file}`

/** Keeps both files in one attempt (the edited one under `solution/`), puts the edited one into the
 *  exercise, and the solution's back as it came. `undo` brings the exercise's back. */
export function moveEdit(edit: StrayEdit, given?: Partial<Place>): Promise<Done> {
  const place = placeOf(given)
  return withFiles(place, async () => {
    const { exercise, file } = edit
    const path = join(place.root, pathOf(edit))
    const pristine = (await heldByRepository([pathOf(edit)], place)).get(pathOf(edit))
    const edited = await readPlain(path)
    if (!pristine || !Buffer.isBuffer(edited) || isAlike(edited, pristine)) {
      throw new SetupProblem(
        `expected an edit in ${pathOf(edit)}, got ${pristine ? 'none' : 'no file of the workshop'}`,
      )
    }
    const done = await carryOut(
      exercise,
      {
        why: 'moved from solutions',
        files: new Map([[file, edited]]),
        also: new Map([[`solution/${file}`, edited]]),
      },
      place,
    )
    try {
      await place.disk.replace(path, pristine, { bytes: edited })
    } catch (error) {
      throw new SetupProblem(
        `expected to be able to put ${pathOf(edit)} back as it came, got ` +
          (error instanceof ChangedMeanwhile ? 'another save meanwhile' : String(error)) +
          '. The edit is in the exercise, and nothing is lost. Close the file, then try again',
        { cause: error },
      )
    }
    return done
  })
}

/** What the repository holds at these paths; nothing for those that an author has changed and
 *  committed, or has only now added. */
async function heldByRepository(
  paths: readonly string[],
  place: Place,
): Promise<ReadonlyMap<string, Buffer>> {
  const git = await openGit(place.root)
  const commit = git && (await startCommit(git))
  if (git && commit !== undefined) {
    const shared = await treeOf(git, commit, 'solutions')
    const own = await treeOf(git, 'HEAD', 'solutions')
    const wanted = paths.flatMap((path) => {
      const blob = shared.get(path)
      return blob && blob.oid === own.get(path)?.oid ? [[path, blob] as const] : []
    })
    return contentsOf(git, new Map(wanted))
  }
  const held = new Map<string, Buffer>()
  for (const path of paths) {
    const bytes = await readPlain(join(copyFolder(place), path))
    if (Buffer.isBuffer(bytes)) held.set(path, bytes)
  }
  return held
}

const copyFolder = (place: Place): string => join(workshopFolder(place), 'pristine')

/** Without git, the first start copies the solutions as they came. Later ones do nothing; what
 *  replaces the workshop by a newer one removes the copy. */
export async function keepSolutions(given?: Partial<Place>): Promise<void> {
  const place = placeOf(given)
  const git = await openGit(place.root)
  const copy = join(copyFolder(place), 'solutions')
  const isThere = await stat(copy).catch(() => undefined)
  if (isThere || (git && (await startCommit(git)) !== undefined)) return
  const making = join(copyFolder(place), temporaryName())
  try {
    await mkdir(copyFolder(place), { recursive: true })
    await cp(join(place.root, 'solutions'), making, { recursive: true })
    await rename(making, copy)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
