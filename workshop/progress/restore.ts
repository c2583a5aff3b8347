// What overwrites an attendee's files: reset, take-over of the solution, undo. Each keeps what is
// there first, and replaces a file only while it holds what has been kept: who saves in between
// wins, and the work begins again. It is done wholly or not at all; only a crash may leave a part
// of it, and `undo` brings back all of that.

import type { Exercise } from '../catalogue/exercise.ts'
import { SetupProblem } from '../command.ts'
import {
  type Attempt,
  attemptsOf,
  type KeepOptions,
  keepUnderLock,
  keptBytes,
  type Why,
  withdraw,
  withFiles,
} from './attempts.ts'
import { ChangedMeanwhile, sweep } from './disk.ts'
import { fileOf, type Place, placeOf, type Start } from './place.ts'
import { isAlike, readInExercise, workOn } from './work.ts'

export type Done = {
  /** The exercise's folder: `13-outbox`. */
  readonly exercise: string
  /** The folder of the attempt, or undefined where there was nothing to keep. */
  readonly kept?: string
  readonly written: readonly string[]
  readonly removed: readonly string[]
  /** The attendee's own files, left where they are. */
  readonly left: readonly string[]
}

export type Undone = Done & {
  /** What was undone, and when that had been done, in ISO 8601. */
  readonly undid: Why
  readonly doneAt: string
}

/** Puts the changed and the missing files back to the pristine start. */
export const resetExercise = (exercise: Start, given?: Partial<Place>): Promise<Done> =>
  layOver(exercise, { why: 'reset', files: bytesOf(exercise.start) }, given)

/** Lays the solution's files over the exercise's folder. */
export const takeSolution = (
  exercise: Start & Pick<Exercise, 'solution'>,
  given?: Partial<Place>,
): Promise<Done> =>
  layOver(exercise, { why: 'solution taken', files: bytesOf(exercise.solution) }, given)

/** Writes the files of the start that are not there, and nothing else. */
export const bringBackMissing = (exercise: Start, given?: Partial<Place>): Promise<Done> => {
  const place = placeOf(given)
  return withFiles(place, async () => {
    const { missing, ...work } = await workOn(exercise, place)
    const written: string[] = []
    for (const path of missing) {
      const step = { before: undefined, after: Buffer.from(exercise.start.get(path) ?? '') }
      try {
        await put(fileOf(exercise, path, place), step, place)
        written.push(path)
      } catch (error) {
        // Somebody else has brought it back.
        if (!(error instanceof ChangedMeanwhile)) throw unwritable(exercise, error)
      }
    }
    const left = [...work.changed, ...work.added, ...work.aside].sort()
    return { exercise: exercise.folder, written, removed: [], left }
  })
}

/** Brings back the files as they were before the last time that the workshop wrote into one of
 *  `exercises`, an undo included; undefined where it never did. */
export const undo = (
  exercises: readonly Start[],
  given?: Partial<Place>,
): Promise<Undone | undefined> => {
  const place = placeOf(given)
  return withFiles(place, async () => {
    let last: { readonly exercise: Start; readonly attempt: Attempt } | undefined
    for (const exercise of exercises) {
      const written = (await attemptsOf(exercise, place)).filter(({ writes }) => writes.length > 0)
      const attempt = written.at(-1)
      if (attempt && !(last && last.attempt.at > attempt.at)) last = { exercise, attempt }
    }
    if (!last) return undefined
    const { exercise, attempt } = last
    const files = new Map<string, Buffer | undefined>()
    for (const path of attempt.writes) files.set(path, await keptBytes(attempt, path))
    const done = await carryOut(exercise, { why: 'undo', files }, place)
    return { ...done, undid: attempt.why, doneAt: attempt.at }
  })
}

/** What is to stand in an exercise's folder, by path; undefined: nothing. */
export type Laid = {
  readonly why: Why
  readonly files: ReadonlyMap<string, Buffer | undefined>
  readonly also?: KeepOptions['also']
}

const bytesOf = (files: ReadonlyMap<string, string>): ReadonlyMap<string, Buffer> =>
  new Map([...files].map(([path, text]) => [path, Buffer.from(text)]))

/** Leaves alone what differs in nothing but its line ends. */
const layOver = (exercise: Start, laid: Laid, given?: Partial<Place>): Promise<Done> => {
  const place = placeOf(given)
  return withFiles(place, async () => {
    const files = new Map<string, Buffer | undefined>()
    for (const [path, bytes] of laid.files) {
      const found = await readInExercise(exercise, path, place)
      const isSame = Buffer.isBuffer(found) && bytes !== undefined && isAlike(found, bytes)
      if (!isSame) files.set(path, bytes)
    }
    return carryOut(exercise, { ...laid, files }, place)
  })
}

/** Keeps, then writes. For whoever holds the lock of the files. */
export async function carryOut(exercise: Start, laid: Laid, place: Place): Promise<Done> {
  const none = { exercise: exercise.folder, written: [], removed: [] }
  const left = async (): Promise<readonly string[]> => {
    const { added, aside } = await workOn(exercise, place)
    return [...added, ...aside].filter((path) => !laid.files.has(path)).sort()
  }
  if (laid.files.size === 0) return { ...none, left: await left() }
  for (let tries = 1; tries <= 3; tries += 1) {
    const attempt = await keepUnderLock(exercise, laid.why, {
      ...place,
      writes: [...laid.files.keys()],
      ...(laid.also ? { also: laid.also } : {}),
    })
    if (!(await writeAll(exercise, { attempt, laid, place }))) continue
    const paths = [...laid.files.keys()].sort()
    return {
      exercise: exercise.folder,
      kept: attempt.path,
      written: paths.filter((path) => laid.files.get(path) !== undefined),
      removed: paths.filter((path) => laid.files.get(path) === undefined),
      left: await left(),
    }
  }
  throw new SetupProblem(
    `expected the files of exercises/${exercise.folder} to rest while they are written, got three ` +
      'saves in between. Nothing was changed. Stop whatever saves them, then try again',
  )
}

type Writing = { readonly attempt: Attempt; readonly laid: Laid; readonly place: Place }
type Step = {
  readonly path: string
  readonly before: Buffer | undefined
  readonly after: Buffer | undefined
}

/** False where somebody saved meanwhile. Then, and where it throws, the files are as before. */
async function writeAll(exercise: Start, { attempt, laid, place }: Writing): Promise<boolean> {
  const steps: Step[] = []
  try {
    await sweepAll(exercise, [...laid.files.keys()], place)
    for (const [path, after] of laid.files) {
      const step = { path, before: await keptBytes(attempt, path), after }
      await put(fileOf(exercise, path, place), step, place)
      steps.push(step)
    }
    return true
  } catch (error) {
    for (const { path, before, after } of steps.reverse()) {
      const back = { before: after, after: before }
      // Who has saved since has the last word here too.
      await put(fileOf(exercise, path, place), back, place).catch(() => undefined)
    }
    await withdraw(attempt, place).catch(() => undefined)
    if (error instanceof ChangedMeanwhile) return false
    if (error instanceof SetupProblem) throw error
    throw unwritable(exercise, error)
  }
}

const unwritable = ({ folder }: Start, error: unknown): SetupProblem =>
  new SetupProblem(
    `expected to be able to write into exercises/${folder}, got: ${String(error)}. ` +
      'Your files are as they were. Make the folder writable, or make room, then try again',
    { cause: error },
  )

async function put(
  path: string,
  { before, after }: Pick<Step, 'before' | 'after'>,
  { disk }: Place,
): Promise<void> {
  if (after === undefined) await disk.remove(path, { bytes: before })
  else await disk.replace(path, after, { bytes: before })
}

/** What a crash left half-written beside the files. */
async function sweepAll(exercise: Start, paths: readonly string[], place: Place): Promise<void> {
  const folders = new Set(paths.map((path) => fileOf(exercise, `${path}/..`, place)))
  for (const folder of folders) await sweep(folder)
}
