// Exercises that are made for a test: of exercise 03, with another solution, or of one test file.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exercise, readExercises } from '../../catalogue/exercise.ts'
import { readPristine } from '../../catalogue/pristine.ts'

/** Exercise 03; with `text` instead of its solution, where one is given. */
export async function exercise03(text?: string): Promise<Exercise> {
  const pristine = await readPristine({ worktree: process.env['CI'] === 'true' })
  const [exercise] = await readExercises(pristine, ['03'])
  if (!exercise) throw new Error('expected exercise 03, got none')
  const front = { ...exercise.front, real: ['sqlite', 'rabbitmq'] as ('sqlite' | 'rabbitmq')[] }
  if (text === undefined) return { ...exercise, front }
  return { ...exercise, front, solution: new Map([['orders.ts', text]]) }
}

/** An exercise whose only file is its test, which stands in this folder as `<name>.ts`. */
export async function exerciseOf(name: string): Promise<Exercise> {
  const text = await readFile(join(import.meta.dirname, `${name}.ts`), 'utf8')
  const exercise = await exercise03()
  return { ...exercise, folder: name, start: new Map([['it.test.ts', text]]), solution: new Map() }
}
