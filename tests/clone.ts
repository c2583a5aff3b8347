// A copy of this repository as an attendee gets it: the files as they are now, but the exercises as
// the repository holds them, in a git repository of its own, on the dependencies installed here.

import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readPristine } from '../workshop/catalogue/pristine.ts'
import { root } from '../workshop/root.ts'
import { run } from '../workshop/tool.ts'

export type Ended = { readonly code: number | null; readonly output: string }

/** Runs a program to its end, without a terminal. `output` is standard output and error
 *  together. */
export function runIn(folder: string, program: string, args: readonly string[]): Promise<Ended> {
  const { CI: _ci, ...env } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }))
  })
}

/** Runs a command of the workshop in `folder`, as its scripts do. */
export const workshop = (folder: string, ...args: readonly string[]): Promise<Ended> =>
  runIn(folder, process.execPath, [join('workshop', 'main.js'), ...args])

export type CloneOptions = {
  /** Whether it is a git repository with all of it in one commit. */
  readonly git?: boolean
  /** What its folder is called. */
  readonly name?: string
  /** Whether the lines of exercises and solutions end as on Windows. */
  readonly crlf?: boolean
}

export class Clone implements AsyncDisposable {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** Rejects where git cannot list the files of this repository. */
  static async make({ git = true, name = 'workshop', crlf = false }: CloneOptions = {}) {
    const folder = join(await mkdtemp(join(tmpdir(), 'workshop-clone-')), name)
    const clone = new Clone(folder)
    const listed = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'])
    if (!listed.ok) throw new Error(`expected git to list the files, got: ${listed.output}`)
    const paths = listed.output.split('\0').filter((path) => path && !path.startsWith('exercises/'))
    // Whoever runs these tests may have solved some exercises by now.
    const { files } = await readPristine({ worktree: process.env['CI'] === 'true' })
    const folders = new Set([...paths, ...files.keys()].map((path) => dirname(join(folder, path))))
    await Promise.all([...folders].map((one) => mkdir(one, { recursive: true })))
    await Promise.all([
      ...paths.map((path) => copyFile(join(root, path), join(folder, path)).catch(ignoreDeleted)),
      ...[...files].map(([path, text]) => writeFile(join(folder, path), text)),
    ])
    for (const modules of ['node_modules', 'shared/node_modules']) {
      await symlink(join(root, modules), join(folder, modules), 'junction')
    }
    if (git) {
      await clone.git('init', '-q', '-b', 'main')
      await clone.shareObjects()
      await clone.git('add', '-A')
      await clone.commit('as it came')
    }
    if (crlf) await Promise.all([...paths, ...files.keys()].map((path) => clone.toCrlf(path)))
    return clone
  }

  /** What this repository holds already is not written once more, which takes most of the time. */
  private async shareObjects(): Promise<void> {
    const { ok, output } = await run('git', ['rev-parse', '--git-path', 'objects'])
    if (!ok) throw new Error(`expected git to say where its objects are, got: ${output}`)
    const alternates = join(this.folder, '.git', 'objects', 'info', 'alternates')
    await writeFile(alternates, `${resolve(root, output.trim())}\n`)
  }

  async toCrlf(path: string): Promise<void> {
    if (!/^(exercises|solutions)\/.*\.(ts|md)$/.test(path)) return
    const text = await readFile(join(this.folder, path), 'utf8')
    await writeFile(join(this.folder, path), text.replaceAll(/\r?\n/g, '\r\n'))
  }

  async git(...args: readonly string[]): Promise<void> {
    const { code, output } = await runIn(this.folder, 'git', args)
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${output}`)
  }

  async commit(text: string): Promise<void> {
    const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org']
    await this.git(...author, 'commit', '-q', '--no-verify', '-a', '-m', text)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(dirname(this.folder), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A file that git still lists may be deleted in the working tree. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
