// Measures what the solutions of three exercises store, each with the same handlers around it.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { type PristineOptions, readPristine } from '../catalogue/pristine.ts'
import { Scratch, solutionOf } from '../checking/scratch.ts'
import type { Figures } from './figures.ts'
import { storedBy, type Subject } from './run.ts'

/** What each remembers a message by. */
const subjects = [
  { exercise: '14', name: 'outbox in the entity', needsTokens: false },
  { exercise: '18', name: 'deduplication store', needsTokens: false },
  { exercise: '22', name: 'tokens', needsTokens: true },
]

/** After how many messages it is looked at. */
export const counts: readonly number[] = [10, 100, 1000, 10_000]
  .flatMap((power) => [power, power * 2, power * 5])
  .concat(100_000)

/** What is stored after each of `measuredAt`, which are ascending and even. */
export async function measure(
  measuredAt: readonly number[],
  options: PristineOptions,
): Promise<Figures> {
  const numbers = subjects.map(({ exercise }) => exercise)
  const exercises = await readExercises(await readPristine(options), numbers)
  await using scratch = await Scratch.make()
  const figures: Figures = []
  for (const { exercise, name, needsTokens } of subjects) {
    const found = exercises.find(({ number }) => number === exercise)
    if (!found) throw new TypeError(`expected an exercise ${exercise}, got none`)
    const outbox = await outboxOf(found, scratch)
    const stored = await storedBy({ outbox, needsTokens }, measuredAt)
    figures.push({ exercise, name, stored: [...stored] })
  }
  return figures
}

async function outboxOf(exercise: Exercise, scratch: Scratch): Promise<Subject['outbox']> {
  const solution = solutionOf(exercise)
  await scratch.layOut(exercise, solution)
  const file = join(scratch.path(exercise, solution), 'outbox.ts')
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Partial<
    Pick<Subject, 'outbox'>
  >
  if (module.outbox) return module.outbox
  throw new TypeError(`expected a function outbox in ${exercise.folder}, got none`)
}
