// The folder in which a solution comes about step by step, `.workshop/demo/NN-slug`: a scratch copy
// with a small repository of its own, so that an editor shows each step as a change. The files
// themselves say how far it is. What somebody else has written into them is never overwritten:
// it is kept beside the folder.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exercise, Files } from '../catalogue/exercise.ts'
import { filesBelow } from '../catalogue/pristine.ts'
import { SetupProblem } from '../command.ts'
import { linesOf } from '../diffing/hunks.ts'
import { gitIn } from '../git/git.ts'
import { readPlain, replaceFile } from '../progress/disk.ts'
import { fromRoot, root } from '../root.ts'
import { filesAfter, type Step, stepsOf } from './steps.ts'

export const demoFolder = join(root, '.workshop', 'demo')

export class StepFolder {
  readonly path: string
  readonly steps: readonly Step[]
  readonly #exercise: Exercise
  readonly #base: string

  constructor(exercise: Exercise, base = demoFolder) {
    this.#exercise = exercise
    this.#base = base
    this.path = join(base, exercise.folder)
    this.steps = stepsOf(exercise)
  }

  /** How many steps are made; undefined where the folder is not there. Throws a `SetupProblem`
   *  where somebody has changed it since. */
  async made(): Promise<number | undefined> {
    const now = await this.#now()
    if (now.size === 0) return undefined
    const made = this.#stateOf(now)
    if (made !== undefined) return made
    throw new SetupProblem(
      `expected ${fromRoot(this.path)} as the last step left it, got other text: somebody has ` +
        `changed it. Begin again, and keep that: demo ${this.#exercise.number} --step --reset`,
    )
  }

  /** Lays out the start. Resolves with the folder in which other text was kept, if there was
   *  any. */
  async begin(): Promise<string | undefined> {
    const now = await this.#now()
    const isOurs = now.size === 0 || this.#stateOf(now) !== undefined
    const kept = isOurs ? undefined : await this.#keep(now)
    const start = filesAfter(this.#exercise.start, this.steps, 0)
    for (const file of now.keys()) {
      if (!start.has(file)) await rm(join(this.path, file), { force: true })
    }
    await this.#write(start)
    await this.#write(new Map([[config, configText]]))
    await commit(this.path)
    return kept
  }

  /** Makes the step with this number, from 0. */
  async make(index: number): Promise<Step> {
    const step = this.steps[index]
    if (!step) throw new Error(`expected a step below ${this.steps.length}, got ${index}`)
    await this.#write(new Map([[step.file, step.after]]))
    return step
  }

  /** The files that the steps are about, as they are. What else lies there (an editor's settings,
   *  notes) is nobody's business. */
  async #now(): Promise<Files> {
    const { start, solution } = this.#exercise
    const files = new Map<string, string>()
    for (const file of new Set([...start.keys(), ...solution.keys()])) {
      const bytes = await readPlain(join(this.path, file))
      if (bytes === 'aside') {
        throw new SetupProblem(`expected ${file} in ${this.path} to be a file, got something else`)
      }
      if (bytes) files.set(file, bytes.toString('utf8'))
    }
    return files
  }

  #stateOf(now: Files): number | undefined {
    const isThere = (wanted: Files): boolean =>
      now.size === wanted.size && [...wanted].every(([file, text]) => isAlike(now.get(file), text))
    const counts = Array.from({ length: this.steps.length + 1 }, (_, count) => count)
    return counts.find((count) => isThere(filesAfter(this.#exercise.start, this.steps, count)))
  }

  async #keep(now: Files): Promise<string> {
    for (let number = 1; number <= 1000; number += 1) {
      const aside = join(this.#base, `${this.#exercise.folder}.kept`, String(number))
      const taken = await filesBelow(aside, '.')
      if (taken.size > 0) continue
      for (const [file, text] of now) await replaceFile(join(aside, file), Buffer.from(text))
      return aside
    }
    throw new SetupProblem(`expected room in ${this.path}.kept, got 1000 copies. Move them away`)
  }

  async #write(files: Files): Promise<void> {
    for (const [file, text] of files) await replaceFile(join(this.path, file), Buffer.from(text))
  }
}

/** Line ends are the editor's business. */
const isAlike = (text: string | undefined, wanted: string): boolean =>
  text !== undefined && linesOf(text).join('\n') === linesOf(wanted).join('\n')

/** So that an editor that is opened on the folder alone reads it as the workshop does. */
const config = 'tsconfig.json'
const configText = `${JSON.stringify({
  extends: '../../../tsconfig.json',
  include: ['**/*.ts'],
  exclude: [],
})}\n`

/** Makes what is in `folder` the last commit of a repository of its own. Without git there is none,
 *  and nothing else depends on it. */
async function commit(folder: string): Promise<void> {
  // Whose folder it is is said each time: never the repository around it.
  const git = gitIn(folder)
  const here = [`--git-dir=${join(folder, '.git')}`, `--work-tree=${folder}`]
  const own = ['user.name=demo', 'user.email=demo@localhost', 'commit.gpgSign=false']
  const settings = [...own, 'core.hooksPath=/dev/null', 'core.autocrlf=false']
  const flags = settings.flatMap((setting) => ['-c', setting])
  try {
    if (!(await git.run(['init', '-q', '--template=', folder])).ok) return
    await git.run([...flags, ...here, 'add', '--all', '--force', '.'])
    await git.run([...flags, ...here, 'commit', '-q', '--no-verify', '-m', 'The start'])
  } catch {
    // No git: the steps are printed, and the files change all the same.
  }
}
