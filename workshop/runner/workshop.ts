// An open clone: its exercises as they came, and how far its reader is. Commands and the resident
// runner begin here.

import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { readPristine, snapshotFolder } from '../catalogue/pristine.ts'
import { SetupProblem } from '../command.ts'
import { renamedTo, sweep, temporaryName } from '../progress/disk.ts'
import type { Place } from '../progress/place.ts'
import { ProgressFile } from '../progress/progress-file.ts'
import { type Progress, progressOf, slugOf } from '../progress/state.ts'
import { keepSolutions } from '../progress/stray-edits.ts'
import { fromRoot, root } from '../root.ts'
import type { ExerciseName } from './events.ts'

export type Workshop = {
  readonly exercises: readonly Exercise[]
  readonly file: ProgressFile
  readonly progress: Progress
  /** Where a state file that could not be understood was moved to. */
  readonly damaged?: string
  /** Where the clone is, where it is not this one. */
  readonly place?: Partial<Place>
}

export const workshopFolder = join(root, '.workshop')

/** Reads everything once. Throws a `SetupProblem` where there is nothing to open. */
export async function openWorkshop(): Promise<Workshop> {
  const file = new ProgressFile(workshopFolder)
  const [pristine, known] = await Promise.all([readPristine({ worktree: false }), file.read()])
  if (!pristine.isKept) await keepPristine()
  const exercises = await readExercises(pristine)
  if (exercises.length === 0) throw new SetupProblem('expected at least one exercise, got none')
  return { exercises, file, ...known }
}

/** Without git, the first start keeps a copy of exercises and solutions as they came: all of it, or
 *  none. */
async function keepPristine(): Promise<void> {
  const making = join(snapshotFolder, temporaryName())
  try {
    await mkdir(snapshotFolder, { recursive: true })
    await sweep(snapshotFolder)
    await cp(join(root, 'exercises'), making, { recursive: true })
    // The copy of the exercises says that all is kept, and so comes last.
    await keepSolutions()
    // Where another start was quicker, its copy is as good.
    await renamedTo(making, join(snapshotFolder, 'exercises'))
  } catch (error) {
    throw new SetupProblem(
      'expected git, or else to be able to keep a copy of the exercises as they came under ' +
        `${fromRoot(snapshotFolder)}, got: ${String(error)}. ` +
        'Make the folder of the workshop writable for you, or make room, then try again',
      { cause: error },
    )
  } finally {
    await rm(making, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** The exercise that `wanted` names by number, folder or slug; without, the one that is open. */
export function chosen({ exercises, progress }: Workshop, wanted?: string): Exercise {
  const found =
    wanted === undefined
      ? (exercises.find(({ folder }) => slugOf(folder) === progress.current) ??
        firstOpen(exercises, progress) ??
        exercises[0])
      : exercises.find(({ folder, number }) =>
          [folder, number, slugOf(folder)].includes(wanted.padStart(2, '0')),
        )
  if (found) return found
  const known = exercises.map(({ folder }) => folder).join(', ')
  throw new SetupProblem(`expected an exercise out of ${known}, got "${wanted}"`)
}

const firstOpen = (exercises: readonly Exercise[], progress: Progress): Exercise | undefined =>
  exercises.find(({ folder }) => progressOf(progress, slugOf(folder)).status === 'open')

/** What comes after `exercise`: the next one that is open, from here on and then from the start. */
export function nextAfter(
  { exercises, progress }: Pick<Workshop, 'exercises' | 'progress'>,
  exercise: Exercise,
): Exercise | undefined {
  const at = exercises.findIndex(({ folder }) => folder === exercise.folder)
  const others = [...exercises.slice(at + 1), ...exercises.slice(0, at)]
  return firstOpen(others, progress)
}

export const nameOf = ({ number, folder, front }: Exercise): ExerciseName => ({
  number,
  folder,
  title: front.title,
  minutes: front.minutes,
  edit: front.edit.map((file) => `exercises/${folder}/${file}`),
})

export const doneIn = ({ exercises, progress }: Pick<Workshop, 'exercises' | 'progress'>): number =>
  exercises.filter(({ folder }) => progressOf(progress, slugOf(folder)).status === 'done').length
