// An answer to an exercise, laid out as `verify` does it, for tests that want more of it than the
// exercise's own.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readExercises } from '../workshop/catalogue/exercise.ts'
import { readPristine } from '../workshop/catalogue/pristine.ts'
import { Scratch, variantsOf } from '../workshop/checking/scratch.ts'

/** Runs `act` while the files of one answer are there: `solution`, or the name of a wrong or right
 *  one. `load` imports a file of them; what it exports is the caller's word. */
export async function withAnswer(
  { number, name }: { readonly number: string; readonly name: string },
  act: (load: <T>(file: string) => Promise<T>) => Promise<void>,
): Promise<void> {
  const pristine = await readPristine({ worktree: process.env['CI'] === 'true' })
  const [exercise] = await readExercises(pristine, [number])
  assert.ok(exercise)
  const variant = variantsOf(exercise).find((one) => one.name === name)
  assert.ok(variant, `expected an answer ${name} to exercise ${number}`)
  await using scratch = await Scratch.make()
  await scratch.layOut(exercise, variant)
  const folder = scratch.path(exercise, variant)
  await act(async <T>(file: string) => (await import(pathToFileURL(join(folder, file)).href)) as T)
}
