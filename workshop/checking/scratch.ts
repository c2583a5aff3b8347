// A scratch folder inside the repository, where answers are laid over a start and run as if they
// stood in `exercises/`. It is gone when it is disposed of.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Answer, Exercise, Files } from '../catalogue/exercise.ts'
import { root } from '../root.ts'

export type Variant = {
  readonly kind: 'start' | 'solution' | 'wrong' | 'right'
  /** The name of a wrong or right answer; else the kind. */
  readonly name: string
  readonly files: Files
}

/** Everything that the contract says something about, ready to be laid out. */
export function variantsOf(exercise: Exercise): readonly Variant[] {
  const { start, wrong, right } = exercise
  const solved = solutionOf(exercise)
  // What else there is to change is solved: an answer is judged by itself.
  const variant = (kind: 'wrong' | 'right', { name, file, text }: Answer): Variant => ({
    kind,
    name,
    files: new Map([...solved.files, [file, text]]),
  })
  return [
    { kind: 'start', name: 'start', files: start },
    solved,
    ...wrong.map((answer) => variant('wrong', answer)),
    ...right.map((answer) => variant('right', answer)),
  ]
}

/** The start with the files of the solution laid over it. */
export const solutionOf = ({ start, solution }: Exercise): Variant => ({
  kind: 'solution',
  name: 'solution',
  files: new Map([...start, ...solution]),
})

export class Scratch implements AsyncDisposable {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<Scratch> {
    const parent = join(root, '.workshop', 'scratch')
    await mkdir(parent, { recursive: true })
    return new Scratch(await mkdtemp(join(parent, 'run-')))
  }

  /** Where the files of a variant are. */
  path({ folder }: Exercise, { kind, name }: Variant): string {
    return join(this.folder, folder, kind === name ? kind : `${kind}-${name.replace('/', '-')}`)
  }

  async layOut(exercise: Exercise, variant: Variant): Promise<void> {
    for (const [file, text] of variant.files) {
      const path = join(this.path(exercise, variant), file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
