// Looks at one thing of this machine each, within bounds. What cannot be found out is an answer
// too: nothing here rejects.

import { access, constants, mkdir, readdir, readFile, stat, statfs } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../root.ts'
import { run, runTool } from '../tool.ts'
import { type Facts, type Found, inOneLine } from './facts.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What is written, and where, stands against writing into `folder`, or undefined. */
export async function writeProblem(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    return undefined
  } catch (error) {
    return inOneLine(error)
  }
}

/** Loads the native module, and asks it for its version. */
export async function sqliteVersion(): Promise<Found<string>> {
  try {
    const { default: Sqlite } = await import('better-sqlite3')
    const database = new Sqlite(':memory:')
    try {
      return String(database.prepare('SELECT sqlite_version()').pluck().get())
    } finally {
      database.close()
    }
  } catch (error) {
    return { problem: inOneLine(error) }
  }
}

/** Runs the compiler that came along. */
export async function typescript(): Promise<Facts['typescript']> {
  try {
    const wanted = await versionIn(join(root, 'node_modules', 'typescript'))
    const { ok, output } = await runTool('typescript', ['--version'], 'tsc')
    const [, version] = /^Version (\S+)/.exec(output) ?? []
    if (!ok || version === undefined || wanted === undefined) {
      return { problem: `does not run: ${inOneLine(stripVTControlCharacters(output))}` }
    }
    return { version, wanted }
  } catch (error) {
    return { problem: `is not installed: ${inOneLine(error)}` }
  }
}

/** The file that `command` names: on the PATH, or where it is by itself. */
export async function onPath(
  command: string,
  { PATH = '', PATHEXT = '' }: Environment = process.env,
): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['', ...PATHEXT.split(';')] : ['']
  const isPath = command.includes('/') || command.includes('\\')
  for (const folder of isPath ? [''] : PATH.split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const file = folder === '' ? command + ending : join(folder, command + ending)
      if (await isProgram(file)) return file
    }
  }
  return undefined
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

/** Where pnpm is: what runs this, what a bundle brought, the PATH, what npx has kept. */
export async function pnpm(environment: Environment = process.env): Promise<Facts['pnpm']> {
  const [, running] = /^pnpm\/(\S+)/.exec(environment['npm_config_user_agent'] ?? '') ?? []
  if (running !== undefined) return { from: 'this run', version: running }
  const brought = join(root, '.workshop', 'tools')
  if (await onPath('pnpm', { ...environment, PATH: brought })) return { from: 'the folder' }
  if (await onPath('pnpm', environment)) return { from: 'the PATH' }
  const cache = environment['npm_config_cache'] ?? join(homedir(), '.npm')
  const kept = join(cache, '_npx')
  for (const folder of await readdir(kept).catch(() => [])) {
    const version = await versionIn(join(kept, folder, 'node_modules', 'pnpm'))
    if (version?.startsWith('12.')) return { from: 'npx', version }
  }
  return undefined
}

async function versionIn(folder: string): Promise<string | undefined> {
  try {
    const { version }: { version: string } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    )
    return version
  } catch {
    return undefined
  }
}

export async function git(): Promise<string | undefined> {
  const { ok, output } = await run('git', ['--version']).catch(() => ({ ok: false, output: '' }))
  return ok ? /\d+\.\d[^\s]*/.exec(output)?.[0] : undefined
}

export async function freeBytes(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk && disk.bavail * disk.bsize
}

/** How the lines end in the exercises, by one file of each. */
export async function lineEndings(folder: string): Promise<Facts['folder']['endings']> {
  const found = new Set<'LF' | 'CRLF'>()
  for (const name of await readdir(folder).catch(() => [])) {
    const text = await readFile(join(folder, name, 'README.md'), 'utf8').catch(() => '')
    if (text.includes('\n')) found.add(text.includes('\r\n') ? 'CRLF' : 'LF')
  }
  const [first, second] = found
  return second === undefined ? first : 'LF and CRLF'
}

/** What stands against a port of its own on 127.0.0.1, or undefined. */
export function loopbackProblem(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(inOneLine(error)))
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}

/** Whether anything on this machine takes a connection there, within `limitMs`. */
export function answers(port: number, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: limitMs })
    const end = (isThere: boolean) => () => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

/** The first of VISUAL, EDITOR and `code` that is there. */
export async function editor(environment: Environment = process.env): Promise<Facts['editor']> {
  for (const from of ['VISUAL', 'EDITOR']) {
    const command = environment[from]?.trim() ?? ''
    if (command === '') continue
    // The command may have arguments, and its path spaces.
    const isFound =
      (await onPath(command, environment)) ??
      (await onPath(command.split(' ')[0] ?? '', environment))
    return { command, from, isFound: isFound !== undefined }
  }
  const code = await onPath('code', environment)
  return code === undefined ? undefined : { command: 'code', from: 'the PATH', isFound: true }
}
