// The compiler beside the tests. It stays, as the tests do: what it knows of the packages it need
// not read again, so that it has said what it has to say while the tests still run.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { within } from '@workshop/shared/world'
import {
  API,
  type Diagnostic,
  DiagnosticCategory,
  type Project,
  type Snapshot,
} from 'typescript/unstable/async'
import { SetupProblem } from '../command.ts'
import { root } from '../root.ts'

export type TypeProblem = {
  /** From the root, with `/`. */
  readonly file: string
  readonly line: number
  /** `TS2345` */
  readonly code: string
  /** What is wrong, and on lines below it, each indented under the one above, why. */
  readonly message: string
}

/** The type problems of the files in a folder, a path; `undefined` when `signal` was aborted. */
export type TypesIn = (
  folder: string,
  signal: AbortSignal,
) => Promise<readonly TypeProblem[] | undefined>

type CompilerOptions = {
  /** A folder inside the repository, with a configuration for each folder that is checked. */
  readonly cache?: string
  readonly silenceMs?: number
  readonly open?: () => API
}

export class Compiler implements AsyncDisposable {
  readonly #options: Required<CompilerOptions>
  #api: API | undefined

  constructor({
    cache = join(root, '.workshop', 'cache', 'types'),
    silenceMs = 30_000,
    open = () => new API({ cwd: root }),
  }: CompilerOptions = {}) {
    this.#options = { cache, silenceMs, open }
  }

  /** Rejects with a `SetupProblem` where the compiler does not answer; the next call starts another. */
  readonly problemsIn: TypesIn = async (folder, signal) => {
    if (signal.aborted) return undefined
    const { cache, silenceMs, open } = this.#options
    const config = await configFor(folder, cache)
    const api = (this.#api ??= open())
    try {
      // One that has died does not answer any more.
      const problems = await within(
        silenceMs,
        problemsOf(api, config),
        () => new SetupProblem(`expected the compiler to answer within ${silenceMs / 1000} s`),
      )
      return signal.aborted ? undefined : problems
    } catch (error) {
      this.#api = undefined
      void api.close().catch(() => undefined)
      if (error instanceof SetupProblem) throw error
      throw new SetupProblem(`expected the compiler to answer, got ${String(error)}`)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api?.close()
    this.#api = undefined
  }
}

async function problemsOf(api: API, config: string): Promise<readonly TypeProblem[]> {
  const snapshot = await snapshotOf(api, config)
  try {
    const all = await diagnosticsOf(projectIn(snapshot, config))
    const errors = all.filter(({ category }) => category === DiagnosticCategory.Error)
    return await Promise.all(errors.map((one) => problemOf(one)))
  } finally {
    await snapshot.dispose()
  }
}

/** How everything is now. The compiler notices by itself what has changed, but not what is new. */
async function snapshotOf(api: API, config: string): Promise<Snapshot> {
  const before = await api.updateSnapshot({
    openProjects: [config],
    fileChanges: { invalidateAll: true },
  })
  const { rootFiles } = projectIn(before, config)
  const { fileNames } = await api.parseConfigFile(config)
  const created = fileNames.filter((file) => !rootFiles.includes(file))
  const deleted = rootFiles.filter((file) => !fileNames.includes(file))
  if (created.length + deleted.length === 0) return before
  await before.dispose()
  return api.updateSnapshot({ fileChanges: { created, deleted } })
}

function projectIn(snapshot: Snapshot, config: string): Project {
  const project = snapshot.getProject(config)
  if (project) return project
  throw new Error(`expected the compiler to read ${config}, it has not`)
}

/** What does not parse is told first, as the rest is a consequence of it. */
async function diagnosticsOf({ program, rootFiles }: Project): Promise<readonly Diagnostic[]> {
  const each = async (diagnose: (file: string) => Promise<readonly Diagnostic[]>) =>
    (await Promise.all(rootFiles.map(diagnose))).flat()
  const syntactic = await each((file) => program.getSyntacticDiagnostics(file))
  if (syntactic.length > 0) return syntactic
  const [ofProgram, ...semantic] = await Promise.all([
    program.getProgramDiagnostics(),
    each((file) => program.getSemanticDiagnostics(file)),
  ])
  return [...ofProgram, ...semantic.flat()]
}

async function problemOf(diagnostic: Diagnostic): Promise<TypeProblem> {
  const { fileName = '', pos, code } = diagnostic
  const text = await readFile(fileName, 'utf8').catch(() => '')
  return {
    file: relative(root, fileName).split(sep).join('/'),
    line: text.slice(0, pos).split('\n').length,
    code: `TS${code}`,
    message: messageOf(diagnostic, '').join('\n'),
  }
}

const messageOf = ({ text, messageChain = [] }: Diagnostic, indent: string): readonly string[] => [
  `${indent}${text}`,
  ...messageChain.flatMap((one) => messageOf(one, `${indent}  `)),
]

/** A configuration of this folder's own: written once, as a new one makes the compiler begin anew. */
async function configFor(folder: string, cache: string): Promise<string> {
  const from = (path: string): string => relative(cache, path).split(sep).join('/')
  const name = relative(root, folder).replaceAll(/[\\/]/g, '-')
  const config = join(cache, `${name}.json`)
  const text = JSON.stringify({
    extends: from(join(root, 'tsconfig.json')),
    include: [`${from(folder) || '.'}/**/*.ts`],
    exclude: [],
  })
  if ((await readFile(config, 'utf8').catch(() => '')) === text) return config
  await mkdir(cache, { recursive: true })
  await writeFile(config, text)
  return config
}
