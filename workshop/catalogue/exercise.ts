// One exercise: its pristine start, its solution, its wrong answers and its other right ones.

import { dirname, join } from 'node:path'
import { type FailureCode, isFailureCode } from '@workshop/shared/check'
import { SetupProblem } from '../command.ts'
import { root } from '../root.ts'
import { type FrontMatter, parseFrontMatter } from './front-matter.ts'
import { filesBelow, type Pristine } from './pristine.ts'

/** File contents by their path in the exercise's folder. */
export type Files = ReadonlyMap<string, string>

/** A file that somebody else would have written instead of one that the reader changes. */
export type Answer = {
  /** `conflict-means-duplicate`; `late-copy/delays-the-original` where it is not the first file. */
  readonly name: string
  /** The file that it replaces. */
  readonly file: string
  readonly text: string
}

export type WrongAnswer = Answer & {
  readonly code: FailureCode
  readonly believed: string
}

export type Exercise = {
  /** `03-idempotent-business-logic` */
  readonly folder: string
  /** `03` */
  readonly number: string
  readonly front: FrontMatter
  readonly start: Files
  /** Everything in the solution's folder, by its path there. */
  readonly solutionFolder: Files
  /** The solution's own files: those that differ from the start. */
  readonly solution: Files
  readonly wrong: readonly WrongAnswer[]
  readonly right: readonly Answer[]
}

/** All exercises, or those that `wanted` names by number or folder. */
export async function readExercises(
  pristine: Pristine,
  wanted: readonly string[] = [],
): Promise<readonly Exercise[]> {
  const folders = [...new Set([...pristine.files.keys()].map((path) => path.split('/')[1] ?? ''))]
  const known = folders.filter((folder) => /^\d\d-[a-z0-9-]+$/.test(folder)).sort()
  for (const one of wanted) {
    if (!known.some((folder) => isNamed(folder, one))) {
      throw new SetupProblem(`expected an exercise out of ${known.join(', ')}, got "${one}"`)
    }
  }
  const chosen = known.filter(
    (folder) => wanted.length === 0 || wanted.some((one) => isNamed(folder, one)),
  )
  return Promise.all(chosen.map((folder) => readExercise(pristine, folder)))
}

/** The one exercise that `wanted` names. */
export async function readOneExercise(
  pristine: Pristine,
  wanted: readonly string[],
): Promise<Exercise> {
  const [exercise] = wanted.length === 1 ? await readExercises(pristine, wanted) : []
  if (exercise) return exercise
  throw new SetupProblem(`expected the number of one exercise, got "${wanted.join(' ')}"`)
}

const isNamed = (folder: string, name: string): boolean =>
  folder === name || folder.slice(0, 2) === name.padStart(2, '0')

async function readExercise(pristine: Pristine, folder: string): Promise<Exercise> {
  const start = below(pristine.files, `exercises/${folder}/`)
  const readme = `exercises/${folder}/README.md`
  const hasTest = [...start.keys()].some((path) => path.endsWith('.test.ts'))
  if (!hasTest) throw new SetupProblem(`expected a test in exercises/${folder}, got none`)
  const text = start.get('README.md')
  if (text === undefined) throw new SetupProblem(`expected a file ${readme}, got none`)
  const front = parseFrontMatter(text, readme)
  const solutionFolder = below(
    await filesBelow(root, `solutions/${folder}`),
    `solutions/${folder}/`,
  )
  return {
    folder,
    number: folder.slice(0, 2),
    front,
    start,
    solutionFolder,
    solution: new Map(
      [...solutionFolder].filter(([path]) => !/^((README|INSTRUCTOR)\.md|demo\.ts)$|\//.test(path)),
    ),
    wrong: [...below(solutionFolder, 'wrong/')].map(([path, source]) =>
      wrongAnswer(answer(path, source, front), `solutions/${folder}/wrong/${path}`),
    ),
    right: [...below(solutionFolder, 'right/')].map(([path, source]) =>
      answer(path, source, front),
    ),
  }
}

/** With LF at the line ends, whatever the clone has: a page and a first line are read by them. */
function below(files: Files, prefix: string): Files {
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, text]) => [path.slice(prefix.length), text.replaceAll('\r\n', '\n')]),
  )
}

/** `NAME.ts` replaces the first file to be changed, `FILE/NAME.ts` the one called `FILE.ts`. */
function answer(path: string, text: string, { edit }: FrontMatter): Answer {
  const folder = path.includes('/') ? dirname(path) : undefined
  return {
    name: path.replace(/\.ts$/, ''),
    file: folder === undefined ? (edit[0] ?? '') : `${folder}.ts`,
    text,
  }
}

function wrongAnswer(answered: Answer, path: string): WrongAnswer {
  const [, believed, code] =
    /^\/\/ Believed: "(.+)" Fails with: ([A-Z_]+)\n/.exec(answered.text) ?? []
  if (believed === undefined || !isFailureCode(code)) {
    throw new SetupProblem(
      `${path}: expected a first line like\n` +
        '// Believed: "what its author believed" Fails with: DUPLICATE_EFFECT',
    )
  }
  return { ...answered, believed, code }
}

/** The exercise of `exercises` that `exercise` follows, or undefined for a root. */
export const predecessorOf = (
  { front }: Exercise,
  exercises: readonly Exercise[],
): Exercise | undefined => exercises.find(({ folder }) => folder === front.after)

/** Where the solution stands. */
export const solutionFolder = ({ folder }: Exercise): string => join(root, 'solutions', folder)

/** Where the reader edits. */
export const exerciseFolder = (exercise: Exercise): string =>
  join(root, 'exercises', exercise.folder)
