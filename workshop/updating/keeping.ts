// Before an update touches an exercise that somebody works on, the whole of the work is kept under
// the attempts, as for a reset, and it is noted from which start the work began.

import { join, relative, sep } from 'node:path'
import { SetupProblem } from '../command.ts'
import { workshopFolder } from '../progress/place.ts'
import { ProgressFile } from '../progress/progress-file.ts'
import { slugOf, withExercise } from '../progress/state.ts'
import { startHash } from '../progress/work.ts'
import { bytesAt } from './files.ts'
import { type ExerciseChange, type Plan, startOf, type Versions } from './plan.ts'
import type { UpdateOptions } from './updated.ts'

export type Kept = {
  /** The attempt of each exercise, by the folder it had, as seen from the root. */
  readonly attempts: ReadonlyMap<string, string>
  /** Whether these bytes lie in the attempt of their exercise. */
  readonly holds: (path: string, bytes: Buffer) => Promise<boolean>
}

/** Keeps each exercise that is touched and that the newer version changes. */
export async function keepTouched(
  { exercises }: Plan,
  { old }: Pick<Versions, 'old'>,
  { root, now, keep }: UpdateOptions,
): Promise<Kept> {
  const folders = new Map<string, string>()
  for (const change of exercises.filter(isAtStake)) {
    const folder = change.was ?? change.folder
    const start = startOf(old, folder)
    // Of one that goes, the files that equal the start are kept too.
    const writes = change.kind === 'removed' ? { writes: [...start.keys()] } : {}
    const attempt = await keep({ folder, start }, 'update', { root, now, ...writes })
    folders.set(folder, attempt.path)
  }
  const holds = async (path: string, bytes: Buffer): Promise<boolean> => {
    const [, folder = '', ...rest] = path.split('/')
    const attempt = folders.get(folder)
    const kept = attempt && (await bytesAt(join(attempt, 'files', ...rest)))
    return kept ? kept.equals(bytes) : false
  }
  return {
    attempts: new Map(
      [...folders].map(([folder, path]) => [folder, relative(root, path).split(sep).join('/')]),
    ),
    holds,
  }
}

/** Notes it where nobody has noted it yet: it is how `start` and `update --compare` know that there
 *  is a newer one, even if the update is interrupted. */
export async function noteStarts(
  { exercises }: Plan,
  { old }: Pick<Versions, 'old'>,
  { root }: Pick<UpdateOptions, 'root'>,
): Promise<void> {
  const changed = exercises.filter(({ kind }) => kind === 'kept-changed')
  if (changed.length === 0) return
  try {
    await new ProgressFile(workshopFolder({ root })).update((progress) =>
      changed.reduce((known, { folder, was }) => {
        const start = startHash({ start: startOf(old, was ?? folder) })
        return withExercise(known, slugOf(folder), (one) => ({ start, ...one }))
      }, progress),
    )
  } catch (error) {
    // The update is worth more than this note.
    if (!(error instanceof SetupProblem)) throw error
  }
}

const isAtStake = ({ touched, changed, was }: ExerciseChange): boolean =>
  touched.length > 0 && (changed.length > 0 || was !== undefined)
