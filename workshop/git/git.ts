// Git, as a program that is asked and never trusted with an attendee's work: no command here runs
// through a shell, waits for a password, or stashes. What it prints comes as bytes.
//
// A folder inside somebody else's repository is none of its own.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type GitResult = {
  readonly ok: boolean
  readonly out: Buffer
  /** What it says to people, in English. */
  readonly said: string
}

export type GitOptions = {
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

export type Git = {
  readonly folder: string
  /** Never rejects because of what git answers, only where it does not run at all. */
  readonly run: (args: readonly string[], options?: GitOptions) => Promise<GitResult>
  /** What it prints, trimmed, or undefined where it refuses. */
  readonly ask: (...args: readonly string[]) => Promise<string | undefined>
  /** What it prints. Rejects, with its words, where it refuses. */
  readonly must: (args: readonly string[], options?: GitOptions) => Promise<Buffer>
}

/** The repository whose working tree `folder` is, or undefined: no git, or none of its own. */
export async function openGit(folder: string): Promise<Git | undefined> {
  const git = gitIn(folder)
  if (!existsSync(join(folder, '.git'))) return undefined
  try {
    const prefix = await git.run(['rev-parse', '--show-prefix'])
    return prefix.ok && prefix.out.toString().trim() === '' ? git : undefined
  } catch {
    return undefined
  }
}

/** Git, run in `folder`, whatever that is. */
export function gitIn(folder: string): Git {
  const run: Git['run'] = (args, options = {}) => start(folder, args, options)
  return {
    folder,
    run,
    ask: async (...args) => {
      const { ok, out } = await run(args)
      return ok ? out.toString().trim() : undefined
    },
    must: async (args, options) => {
      const { ok, out, said } = await run(args, options)
      if (ok) return out
      throw new Error(`expected git ${args[0]} to work in ${folder}, got: ${said}`)
    },
  }
}

/** An attendee's settings must not make it stash, ask, or change what it prints. */
const settings = [
  ['merge.autoStash', 'false'],
  ['core.quotePath', 'false'],
  ['core.fsmonitor', 'false'],
  ['gc.auto', '0'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

function start(
  folder: string,
  args: readonly string[],
  { input, env = {} }: GitOptions,
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings, ...args], {
      cwd: folder,
      env: { ...inherited(), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...env },
      windowsHide: true,
    })
    const out: Buffer[] = []
    const said: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        ok: code === 0,
        out: Buffer.concat(out),
        said: Buffer.concat(said).toString('utf8').trim(),
      }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Whoever calls us from a hook of git would send us to another repository. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE)$/.test(key),
    ),
  )
