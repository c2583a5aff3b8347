// What an attendee wrote, kept under `.workshop/attempts/NN-slug/2026-11-21_14-08-33/`: whole or not
// at all, and compared byte for byte before anybody goes on.
//
// `attempt.json` says what and why; the bytes lie under `files/`, at the paths that they had. It is
// made elsewhere and renamed, so that what a crash leaves behind is never taken for an attempt.

import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { z } from 'zod'
import { SetupProblem } from '../command.ts'
import { readPlain, renamedTo, stamp, sweep, syncFolder, temporaryName } from './disk.ts'
import { withLock } from './lock.ts'
import { type Place, placeOf, type Start, workshopFolder } from './place.ts'
import { slugOf } from './state.ts'
import { readInExercise, workOn } from './work.ts'

export const whys = [
  'reset',
  'solution taken',
  'first green',
  'update',
  'undo',
  'moved from solutions',
] as const

export type Why = (typeof whys)[number]

export type Attempt = {
  /** The folder that holds `attempt.json` and, under `files/`, the bytes. */
  readonly path: string
  /** The exercise's folder at that time: `13-outbox`. */
  readonly exercise: string
  readonly why: Why
  /** ISO 8601. */
  readonly at: string
  /** The paths that are kept, and those of the start that were not there. */
  readonly files: readonly string[]
  readonly missing: readonly string[]
  /** What was about to be written when it was kept: `undo` brings these back. */
  readonly writes: readonly string[]
}

export type KeepOptions = Partial<Place> & {
  /** Files about to be written: they are kept even where they equal the start. */
  readonly writes?: readonly string[]
  /** What else to keep, by its path beside `attempt.json`. */
  readonly also?: ReadonlyMap<string, Buffer>
}

/** Keeps every file that differs from the start. Throws a `SetupProblem` where that cannot be done:
 *  then nothing may be overwritten. */
export const keepAttempt = (
  exercise: Start,
  why: Why,
  options: KeepOptions = {},
): Promise<Attempt> => withFiles(placeOf(options), () => keepUnderLock(exercise, why, options))

/** One at a time, in all processes: whoever reads or writes an attendee's files for us. */
export const withFiles = <T>(place: Place, work: () => Promise<T>): Promise<T> =>
  withLock({ folder: workshopFolder(place), name: 'files' }, work)

/** The same, for whoever already is the one. */
export async function keepUnderLock(
  exercise: Start,
  why: Why,
  options: KeepOptions = {},
): Promise<Attempt> {
  const place = placeOf(options)
  try {
    return await keep(exercise, why, { ...options, ...place })
  } catch (error) {
    if (error instanceof SetupProblem) throw error
    throw new SetupProblem(
      `expected to be able to keep your files of ${exercise.folder} under ` +
        `${attemptsFolder(place)}, got: ${String(error)}. ` +
        'Nothing in the exercise was changed. Make room or make it writable, then try again',
      { cause: error },
    )
  }
}

const attemptsFolder = (place: Place): string => join(workshopFolder(place), 'attempts')

async function keep(
  exercise: Start,
  why: Why,
  { writes = [], also = new Map(), ...place }: KeepOptions & Place,
): Promise<Attempt> {
  const { changed, added, missing } = await workOn(exercise, place)
  const files = new Map<string, Buffer>()
  for (const path of new Set([...changed, ...added, ...writes])) {
    const bytes = await readInExercise(exercise, path, place)
    if (bytes === 'aside') throw inTheWay(exercise, path)
    if (bytes !== undefined) files.set(path, bytes)
  }
  const attempt = {
    exercise: exercise.folder,
    why,
    at: await timeOf(exercise, place),
    files: [...files.keys()].sort(),
    missing,
    writes: [...writes].sort(),
  }
  await mkdir(attemptsFolder(place), { recursive: true })
  await sweep(attemptsFolder(place))
  const making = join(attemptsFolder(place), temporaryName())
  try {
    await mkdir(making)
    for (const [path, bytes] of files) {
      await writeChecked(join(making, 'files', ...path.split('/')), bytes, place)
    }
    for (const [path, bytes] of also) await writeChecked(join(making, path), bytes, place)
    await writeChecked(join(making, 'attempt.json'), textOf(attempt), place)
    const path = await settled(making, { exercise, at: new Date(attempt.at), place })
    return { path, ...attempt }
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

const textOf = (attempt: Omit<Attempt, 'path'>): Buffer =>
  Buffer.from(`${JSON.stringify({ version: 1, ...attempt }, undefined, 2)}\n`)

const inTheWay = ({ folder }: Start, path: string): SetupProblem =>
  new SetupProblem(
    `expected exercises/${folder}/${path} to be a file of at most 16 MiB in a folder of its own, ` +
      'got something else (a link, a folder, a larger file). ' +
      'Nothing was changed. Move it away, then try again',
  )

/** Attempts of an exercise are never older than the one kept before, whatever a clock says. */
async function timeOf(exercise: Start, place: Place): Promise<string> {
  const last = (await attemptsOf(exercise, place)).at(-1)
  const now = place.now().toISOString()
  return last && last.at > now ? last.at : now
}

async function writeChecked(path: string, bytes: Buffer, { disk }: Place): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await disk.write(path, bytes)
  const found = await readFile(path)
  if (found.equals(bytes)) return
  throw new Error(
    `expected ${bytes.length} bytes in ${path} as written, got ${found.length} others`,
  )
}

type Settling = { readonly exercise: Start; readonly at: Date; readonly place: Place }

/** Renames what was made to the first name that is free. */
async function settled(making: string, { exercise, at, place }: Settling): Promise<string> {
  const folder = join(attemptsFolder(place), exercise.folder)
  await mkdir(folder, { recursive: true })
  for (let number = 1; number <= 1000; number += 1) {
    const path = join(folder, `${stamp(at)}${number === 1 ? '' : `-${number}`}`)
    if (!(await renamedTo(making, path))) continue
    await syncFolder(folder)
    return path
  }
  throw new Error(`expected fewer than 1000 attempts in one second in ${folder}`)
}

/** The attempts of an exercise, under whatever number it had, oldest first. */
export async function attemptsOf(
  { folder }: Pick<Start, 'folder'>,
  given?: Partial<Place>,
): Promise<readonly Attempt[]> {
  const all = await attemptsBelow(attemptsFolder(placeOf(given)), slugOf(folder))
  return all.filter(({ exercise }) => slugOf(exercise) === slugOf(folder))
}

/** Stays in the folder of an attempt. */
const path = z
  .string()
  .refine((value) => !value.split('/').some((part) => ['', '.', '..'].includes(part)))
  .refine((value) => sep === '/' || !value.includes(sep))

const schema = z.object({
  exercise: z.string().regex(/^\d\d-[a-z0-9-]+$/),
  why: z.enum(whys),
  at: z.iso.datetime(),
  files: z.array(path),
  missing: z.array(path).default([]),
  writes: z.array(path).default([]),
})

/** The attempts in `folder`, oldest first: all, or those in folders that end in `slug`. Whatever
 *  else lies there is passed by. */
export async function attemptsBelow(folder: string, slug = ''): Promise<readonly Attempt[]> {
  const exercises = await readdir(folder).catch(() => [])
  const attempts: Attempt[] = []
  for (const exercise of exercises.filter((name) => name.endsWith(slug))) {
    for (const name of await readdir(join(folder, exercise)).catch(() => [])) {
      const attempt = await readAttempt(join(folder, exercise, name))
      if (attempt) attempts.push(attempt)
    }
  }
  return attempts.sort((a, b) => (a.at === b.at ? numberOf(a) - numberOf(b) : a.at < b.at ? -1 : 1))
}

const numberOf = (attempt: Attempt): number =>
  Number(/_\d\d-\d\d-\d\d-(\d+)$/.exec(attempt.path)?.[1] ?? 1)

async function readAttempt(path: string): Promise<Attempt | undefined> {
  try {
    const text = await readFile(join(path, 'attempt.json'), 'utf8')
    return { path, ...schema.parse(JSON.parse(text)) }
  } catch {
    return undefined
  }
}

/** The bytes of one file of an attempt; undefined where it has none. */
export async function keptBytes(attempt: Attempt, path: string): Promise<Buffer | undefined> {
  if (!attempt.files.includes(path)) return undefined
  const found = await readPlain(join(attempt.path, 'files', ...path.split('/')))
  if (Buffer.isBuffer(found)) return found
  throw new SetupProblem(
    `expected ${path} in ${attempt.path}, got ${found === undefined ? 'nothing' : 'no file'}. ` +
      'Somebody has changed what was kept there',
  )
}

/** Says of an attempt that nothing was written after all, so that there is nothing to undo. */
export async function withdraw({ path, ...attempt }: Attempt, { disk }: Place): Promise<void> {
  await disk.replace(join(path, 'attempt.json'), textOf({ ...attempt, writes: [] }))
}
