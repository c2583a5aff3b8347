// What an update has done, as a value: for the screen, for `--json`, and for tests.

import type { keepAttempt } from '../progress/attempts.ts'
import type { Place } from '../progress/place.ts'
import { type ExerciseChange, startOf, type Versions } from './plan.ts'
import type { After } from './settle.ts'

/** The two starts of a file that stays an attendee's. Missing is empty. */
export type StartDiff = { readonly file: string; readonly old: string; readonly fresh: string }

export type UpdatedExercise = ExerciseChange & {
  /** Where the attendee's version is kept, as seen from the root. */
  readonly kept?: string
  /** For `kept-changed`: what is new in the start of the attendee's files. */
  readonly diffs: readonly StartDiff[]
}

export type Updated = {
  /** `current`: there was nothing newer, and nothing has changed. */
  readonly kind: 'updated' | 'current'
  /** Where the newer version came from: `origin/main`, or a folder. */
  readonly name: string
  readonly exercises: readonly UpdatedExercise[]
  /** Whether what is installed has to follow. */
  readonly hasNewDependencies: boolean
  /** Files of an attendee that could not stay where they were, and where they lie now. */
  readonly elsewhere: readonly string[]
  /** Files outside of the exercises that the newer version no longer has, or that differed. */
  readonly replacedIn?: string
}

export type UpdateOptions = Pick<Place, 'root' | 'now'> & {
  /** A branch, a tag, a commit or a folder. Default: the upstream of the branch. */
  readonly from?: string
  readonly keep: typeof keepAttempt
  /** Told after each step, so that a test can end it there. Default: nobody. */
  readonly after?: After
}

/** The changes of a plan, with what is new in the starts, and where the work is kept. */
export const updatedExercises = (
  changes: readonly ExerciseChange[],
  versions: Pick<Versions, 'old' | 'fresh'>,
  attempts: ReadonlyMap<string, string>,
): readonly UpdatedExercise[] =>
  changes.map((change) => {
    const folder = change.was ?? change.folder
    const kept = attempts.get(folder)
    return {
      ...change,
      diffs: diffsOf(change, versions),
      ...(kept === undefined ? {} : { kept }),
    }
  })

function diffsOf(
  { kind, folder, was, touched, changed }: ExerciseChange,
  { old, fresh }: Pick<Versions, 'old' | 'fresh'>,
): readonly StartDiff[] {
  if (kind !== 'kept-changed') return []
  const [before, after] = [startOf(old, was ?? folder), startOf(fresh, folder)]
  return touched
    .filter((file) => changed.includes(file))
    .map((file) => ({ file, old: before.get(file) ?? '', fresh: after.get(file) ?? '' }))
}
