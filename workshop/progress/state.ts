// How far an attendee is: what `.workshop/state.json` holds, as values. Exercises go by their slug
// without the number, so that renumbering them costs nothing. Nothing here reads or writes a file:
// see `progress-file.ts`.

export type LastRun = {
  /** When it ended, in ISO 8601. */
  readonly at: string
  readonly verdict: 'green' | 'red'
  /** Tests that passed, and tests in all. */
  readonly passed: number
  readonly of: number
}

export type ExerciseProgress = {
  readonly status: 'open' | 'done' | 'skipped'
  readonly runs: number
  readonly redInARow: number
  /** The fingerprint of the last failure, and how often in a row it came. */
  readonly failure?: string
  readonly sameFailures: number
  /** The failure codes met so far, in the order in which they came. */
  readonly codes?: readonly string[]
  readonly lastRun?: LastRun
  readonly doneAt?: string
  /** The hints shown so far. */
  readonly hints: number
  readonly solution?: 'seen' | 'taken'
  /** The hash of the pristine start that this work began from: see `startHash`. */
  readonly start?: string
}

export type Progress = {
  readonly version: 1
  /** The slug of the exercise that is open: `outbox`. */
  readonly current?: string
  readonly exercises: Readonly<Record<string, ExerciseProgress>>
  /** Notices that are given once, and have been. */
  readonly said: readonly string[]
}

export const noProgress: Progress = { version: 1, exercises: {}, said: [] }

const untouched: ExerciseProgress = {
  status: 'open',
  runs: 0,
  redInARow: 0,
  sameFailures: 0,
  hints: 0,
}

/** `outbox` of `13-outbox`. */
export const slugOf = (folder: string): string => folder.replace(/^\d\d-/, '')

/** What is known of one exercise, by its slug; of one never opened, that it is open. */
export const progressOf = (progress: Progress, slug: string): ExerciseProgress =>
  Object.hasOwn(progress.exercises, slug) ? (progress.exercises[slug] ?? untouched) : untouched

/** `progress` with one exercise changed. */
export const withExercise = (
  progress: Progress,
  slug: string,
  change: (exercise: ExerciseProgress) => ExerciseProgress,
): Progress => ({
  ...progress,
  exercises: { ...progress.exercises, [slug]: change(progressOf(progress, slug)) },
})

/** `progress` with `notice` among those that have been given. */
export const withSaid = (progress: Progress, notice: string): Progress =>
  progress.said.includes(notice) ? progress : { ...progress, said: [...progress.said, notice] }

/** What a run adds. `failure` is the fingerprint of its first failure, for a red one. An exercise
 *  once done stays done: who goes on trying things has not lost it. */
export function afterRun(
  before: ExerciseProgress,
  run: LastRun,
  failure?: string,
): ExerciseProgress {
  const { failure: last, ...rest } = before
  const ran = { ...rest, runs: before.runs + 1, lastRun: run }
  if (run.verdict === 'green') {
    const doneAt = before.doneAt ?? run.at
    return { ...ran, status: 'done', redInARow: 0, sameFailures: 0, doneAt }
  }
  const isSame = failure !== undefined && failure === last
  return {
    ...ran,
    redInARow: before.redInARow + 1,
    ...(failure === undefined ? {} : { failure, ...withCode(before, failure) }),
    sameFailures: failure === undefined ? 0 : isSame ? before.sameFailures + 1 : 1,
  }
}

/** The codes met, with that of a fingerprint such as `LOST_MESSAGE: a bell is announced`. What is
 *  no failure code (an error of the language, of the compiler) is not noted. */
function withCode(
  { codes = [] }: ExerciseProgress,
  failure: string,
): Pick<ExerciseProgress, 'codes'> {
  const code = /^[A-Z]+(_[A-Z]+)*(?=:|$)/.exec(failure)?.[0]
  return code === undefined || codes.includes(code) ? {} : { codes: [...codes, code] }
}
