// A copy of this repository as an attendee gets it: the files as they are now, but the exercises as
// the repository holds them, in a git repository of its own, on the dependencies installed here.

import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

export class Clone implements AsyncDisposable {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make({ git = true } = {}): Promise<Clone> {
    const clone = new Clone(await mkdtemp(join(tmpdir(), 'workshop-clone-')))
    const listed = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'])
    if (!listed.ok) throw new Error(`expected git to list the files, got: ${listed.output}`)
    const paths = listed.output.split('\0').filter((path) => path && !path.startsWith('exercises/'))
    for (const path of paths) {
      await mkdir(dirname(join(clone.folder, path)), { recursive: true })
      await cp(join(root, path), join(clone.folder, path), { force: true }).catch(ignoreDeleted)
    }
    // Whoever runs these tests may have solved some exercises by now.
    const { files } = await readPristine({ worktree: process.env['CI'] === 'true' })
    for (const [path, text] of files) {
      await mkdir(dirname(join(clone.folder, path)), { recursive: true })
      await writeFile(join(clone.folder, path), text)
    }
    for (const modules of ['node_modules', 'shared/node_modules']) {
      await symlink(join(root, modules), join(clone.folder, modules), 'junction')
    }
    if (git) {
      await clone.git('init', '-q', '-b', 'main')
      await clone.git('add', '-A')
      await clone.commit('as it came')
    }
    return clone
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
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A file that git still lists may be deleted in the working tree. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
