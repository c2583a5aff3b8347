// The shape of an exercise: what every reader, instructor and newcomer finds at the same place.

import { diff } from 'node:util'
import type { Exercise } from '../catalogue/exercise.ts'
import { hintsOf } from '../catalogue/readme.ts'
import { commandProblems, linkProblems } from './pages.ts'

const exerciseSections = ['See it fail', 'Your task', 'Done when', 'Hints', 'What comes next']
const solutionSections = ['Why it holds', 'What it costs', 'What it does not promise']
const instructorSections = ['Goal', 'Time box', 'Mistakes to expect', 'Questions', 'Where to cut']

const maxReadmeLines = 80
const maxStartLines = 90
const minWrong = (number: string): number => (Number(number) < 10 ? 5 : 6)
const minRight = 1
/** Lines that the solution changes or adds. */
const maxChanged = (number: string): number => (number === '12' ? 60 : 40)

/** What is missing or too much, as sentences. Empty where the shape is right. */
export async function shapeProblems(exercise: Exercise): Promise<readonly string[]> {
  return [
    ...readmeProblems(exercise),
    ...solutionProblems(exercise),
    ...fileProblems(exercise),
    ...(await pageProblems(exercise)),
  ]
}

function readmeProblems(exercise: Exercise): readonly string[] {
  const readme = exercise.start.get('README.md') ?? ''
  // What a reader sees of it is what counts.
  const lines = readme.replace(/^---\n.*?\n---\n/s, '').split('\n').length
  const hints = hintsOf(readme)
  return [
    ...missingSections(readme, exerciseSections, 'README.md'),
    ...(lines > maxReadmeLines
      ? [`README.md: expected ${maxReadmeLines} lines, got ${lines}`]
      : []),
    ...(hints.length === 3 ? [] : [`README.md: expected 3 folded hints, got ${hints.length}`]),
    ...answerLines(exercise)
      .filter((line) => hints.some(({ text }) => text.includes(line)))
      .map((line) => `README.md: expected hints without the answer, got "${line}"`),
  ]
}

/** The lines that only the solution has, and that say something. */
function answerLines({ start, solution }: Exercise): readonly string[] {
  return [...solution].flatMap(([path, text]) => {
    const before = new Set((start.get(path) ?? '').split('\n').map((line) => line.trim()))
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= 12 && !before.has(line))
  })
}

function solutionProblems({ solutionFolder }: Exercise): readonly string[] {
  return [
    ...missingSections(solutionFolder.get('README.md'), solutionSections, 'solution README.md'),
    ...missingSections(solutionFolder.get('INSTRUCTOR.md'), instructorSections, 'INSTRUCTOR.md'),
  ]
}

function missingSections(
  text: string | undefined,
  sections: readonly string[],
  file: string,
): readonly string[] {
  if (text === undefined) return [`expected a file ${file}, got none`]
  return sections
    .filter((section) => !text.split('\n').includes(`## ${section}`))
    .map((section) => `${file}: expected a section "## ${section}", got none`)
}

function fileProblems(exercise: Exercise): readonly string[] {
  const { number, start, solutionFolder, solution, wrong, right, front } = exercise
  const allowed =
    /^(README\.md|INSTRUCTOR\.md|demo\.ts|(wrong|right)\/([a-z0-9-]+\/)?[a-z0-9-]+\.ts)$/
  return [
    ...[...start]
      .filter(([path, text]) => path.endsWith('.ts') && text.split('\n').length > maxStartLines)
      .map(([path]) => `${path}: expected at most ${maxStartLines} lines`),
    ...front.edit
      .filter((path) => !(start.get(path) ?? '').includes('TODO'))
      .map((path) => `${path}: expected a TODO that says where to begin, got none`),
    ...front.edit
      .filter((path) => !solution.has(path))
      .map((path) => `expected a solution of ${path}, got none`),
    ...[...start.keys()]
      .filter((path) => !/^(README\.md|[a-z0-9-]+(\.test)?\.ts)$/.test(path))
      .map((path) => `expected no stray files in the exercise, got ${path}`),
    ...[...solutionFolder.keys()]
      .filter((path) => !allowed.test(path) && !solution.has(path))
      .map((path) => `expected no stray files in the solution, got ${path}`),
    ...[...solution]
      .filter(([path, text]) => start.get(path) === text)
      .map(([path]) => `expected ${path} in the solution to differ from the start, got the same`),
    ...(changedLines(exercise) > maxChanged(number)
      ? [`expected ${maxChanged(number)} changed lines, got ${changedLines(exercise)}`]
      : []),
    ...[...wrong, ...right]
      .filter(({ file }) => !front.edit.includes(file))
      .map(({ name, file }) => `${name}: expected an answer for a file to edit, got ${file}`),
    ...(wrong.length < minWrong(number)
      ? [`expected ${minWrong(number)} wrong answers, got ${wrong.length}`]
      : []),
    ...(right.length < minRight ? ['expected another right answer, got none'] : []),
  ]
}

/** A line that is other than before counts once. */
export function changedLines({ start, solution }: Exercise): number {
  let changed = 0
  for (const [path, text] of solution) {
    const lines = diff((start.get(path) ?? '').split('\n'), text.split('\n'))
    const count = (kind: number) => lines.filter(([one]) => one === kind).length
    changed += Math.max(count(1), count(-1))
  }
  return changed
}

async function pageProblems(exercise: Exercise): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [path, text] of pagesOf(exercise)) {
    const here = [...(await linkProblems(path, text)), ...commandProblems(text)]
    problems.push(...here.map((problem) => `${path}: ${problem}`))
  }
  return problems
}

function pagesOf({
  folder,
  start,
  solutionFolder,
}: Exercise): readonly (readonly [string, string])[] {
  const pages: (readonly [string, string | undefined])[] = [
    [`exercises/${folder}/README.md`, start.get('README.md')],
    [`solutions/${folder}/README.md`, solutionFolder.get('README.md')],
    [`solutions/${folder}/INSTRUCTOR.md`, solutionFolder.get('INSTRUCTOR.md')],
  ]
  return pages.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]))
}
