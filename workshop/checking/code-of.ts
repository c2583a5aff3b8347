// Whose code a command works on: the reader's own, or what the repository holds.

import { type Exercise, exerciseFolder } from '../catalogue/exercise.ts'
import { Scratch, variantsOf } from './scratch.ts'

export type Whose = { readonly start: boolean; readonly solution: boolean }

/** A folder with the code: `exercises/NN-slug` itself, or a scratch copy of the pristine start or
 *  of the solution, which is gone once it is disposed. */
export async function codeOf(
  exercise: Exercise,
  { start, solution }: Whose,
): Promise<{ readonly folder: string } & AsyncDisposable> {
  const kind = solution ? 'solution' : 'start'
  if (!start && !solution) {
    return { folder: exerciseFolder(exercise), [Symbol.asyncDispose]: () => Promise.resolve() }
  }
  const scratch = await Scratch.make()
  const variant = variantsOf(exercise).find((one) => one.kind === kind)
  if (!variant) throw new Error(`expected a ${kind} of ${exercise.folder}, got none`)
  await scratch.layOut(exercise, variant)
  return {
    folder: scratch.path(exercise, variant),
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  }
}
