// Each start is its predecessor's solution, but for the files that its front matter names: what a
// reader has learned is there when the next exercise begins.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exercise, exerciseFolder, type Files, predecessorOf } from '../catalogue/exercise.ts'

/** What stands in the way, as sentences. Empty where the chain holds. */
export function chainProblems(
  exercise: Exercise,
  exercises: readonly Exercise[],
): readonly string[] {
  const { front, folder, start } = exercise
  if (front.after === 'nothing') return []
  const inherited = inheritedFiles(exercise, exercises)
  if (!inherited) return [`expected "after" to name an exercise or "nothing", got "${front.after}"`]
  const missing = [...inherited]
    .filter(([path, text]) => start.get(path) !== text)
    .map(
      ([path]) =>
        `expected exercises/${folder}/${path} as solved in ${front.after}, got other text`,
    )
  const added = [...start.keys()]
    .filter((path) => !inherited.has(path) && !isOwn(exercise, path))
    .map((path) => `expected "differs" to name ${path}, which ${front.after} does not have`)
  return [...missing, ...added]
}

/** Copies what must be identical. Returns the paths that it wrote. */
export async function repairChain(
  exercise: Exercise,
  exercises: readonly Exercise[],
): Promise<readonly string[]> {
  const written: string[] = []
  for (const [path, text] of inheritedFiles(exercise, exercises) ?? []) {
    if (exercise.start.get(path) === text) continue
    await writeFile(join(exerciseFolder(exercise), path), text)
    written.push(`exercises/${exercise.folder}/${path}`)
  }
  return written
}

function inheritedFiles(exercise: Exercise, exercises: readonly Exercise[]): Files | undefined {
  const before = predecessorOf(exercise, exercises)
  if (!before) return undefined
  const solved = new Map([...before.start, ...before.solution])
  return new Map([...solved].filter(([path]) => !isOwn(exercise, path)))
}

const isOwn = ({ front }: Exercise, path: string): boolean =>
  path === 'README.md' || front.differs.includes(path)
