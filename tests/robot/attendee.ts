// What an attendee does besides pressing keys: saves files, and counts on finding them again.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { expect } from 'vitest'
import { type Exercise, readExercises } from '../../workshop/catalogue/exercise.ts'
import { readPristine } from '../../workshop/catalogue/pristine.ts'
import { isTemporary } from '../../workshop/progress/disk.ts'
import { parseProgress, type Understood } from '../../workshop/progress/state-text.ts'
import { Clone, type CloneOptions } from '../clone.ts'

/** The exercises as a clone has them. */
export const exercisesAsTheyCame = async (): Promise<readonly Exercise[]> =>
  readExercises(await readPristine({ worktree: process.env['CI'] === 'true' }))

export const exerciseNumber = async (number: string): Promise<Exercise> => {
  const found = (await exercisesAsTheyCame()).find((one) => one.number === number)
  if (found) return found
  throw new Error(`expected an exercise ${number}, got none`)
}

/** The bytes of the files below `folder`, by their paths in it. */
export async function bytesOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const pairs = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path).split(sep).join('/'), await readFile(path)] as const
    }),
  )
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The files of the attendee's, without what a crash has left of ours. */
export async function filesOf({ folder }: Clone): Promise<ReadonlyMap<string, Buffer>> {
  const files = [...(await bytesOf(join(folder, 'exercises')))]
  return new Map(files.filter(([path]) => !isOnItsWay(path)))
}

/** Every content that a file of the attendee's had `before` is found, byte for byte, in the
 *  exercises or among the attempts. */
export async function nothingLost(
  before: ReadonlyMap<string, Buffer>,
  { folder }: Clone,
): Promise<void> {
  const now = await bytesOf(join(folder, 'exercises'))
  const kept = await bytesOf(join(folder, '.workshop', 'attempts'))
  const found = new Set([...now.values(), ...kept.values()].map(contentOf))
  const lost = [...before].filter(([, bytes]) => !found.has(contentOf(bytes)))
  expect(lost.map(([path]) => path)).toEqual([])
}

/** Does what a key or a command does, and looks whether all is still there. */
export async function keeping<T>(clone: Clone, work: () => Promise<T>): Promise<T> {
  const before = await filesOf(clone)
  const done = await work()
  await nothingLost(before, clone)
  return done
}

const contentOf = (bytes: Buffer): string => bytes.toString('latin1')

/** Saves a file of an exercise, as an editor does. */
export async function save(
  { folder }: Clone,
  exercise: Pick<Exercise, 'folder'>,
  [path, content]: readonly [path: string, content: string | Buffer],
): Promise<void> {
  const file = join(folder, 'exercises', exercise.folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

/** Writes the solution, as the attendee's own. */
export async function solve(clone: Clone, exercise: Exercise): Promise<void> {
  for (const file of exercise.solution) await save(clone, exercise, file)
}

/** What an attendee has begun, with a letter beyond ASCII, a byte that is no UTF-8, and no line end
 *  at the end. */
export const begun = ({ start }: Exercise, file: string): Buffer =>
  Buffer.concat([
    Buffer.from(`${start.get(file) ?? ''}\n// Zoë tries: `),
    Buffer.from([0xff]),
    Buffer.from(' mine'),
  ])

/** The file to change in 03. */
export const edit = 'orders.ts'

/** A clone in which 03 is begun, and what its file says. */
export async function begin(options: CloneOptions = {}) {
  const clone = await Clone.make(options)
  const exercise = await exerciseNumber('03')
  const mine = begun(exercise, edit)
  await save(clone, exercise, [edit, mine])
  return { clone, exercise, mine, [Symbol.asyncDispose]: () => clone[Symbol.asyncDispose]() }
}

/** The bytes of one file of an exercise. */
export const fileIn = ({ folder }: Clone, exercise: Exercise, file: string): Promise<Buffer> =>
  readFile(join(folder, 'exercises', exercise.folder, file))

/** What `.workshop/state.json` says; `none` where there is none. */
export async function stateOf({ folder }: Clone): Promise<Understood | { readonly kind: 'none' }> {
  const text = await readFile(join(folder, '.workshop', 'state.json'), 'utf8').catch(
    () => undefined,
  )
  return text === undefined ? { kind: 'none' } : parseProgress(text)
}

/** The process that holds the lock of `start`. */
export async function runnerIn({ folder }: Clone): Promise<number> {
  const owner = join(folder, '.workshop', 'locks', 'start', 'owner.json')
  const { pid }: { pid: number } = JSON.parse(await readFile(owner, 'utf8'))
  return pid
}

/** What is left in the clone of something that was on its way. */
export const halfMade = async ({ folder }: Clone): Promise<readonly string[]> => {
  const all = await Promise.all(
    ['exercises', '.workshop'].map(async (one) => [...(await bytesOf(join(folder, one))).keys()]),
  )
  return all.flat().filter(isOnItsWay)
}

const isOnItsWay = (path: string): boolean => path.split('/').some(isTemporary)
