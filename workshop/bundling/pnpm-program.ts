// Which pnpm fills a bundle: the one that runs this, else the one that npx keeps, else the one on
// the PATH. It is run as a program, with no shell in between.

import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { extname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { SetupProblem } from '../command.ts'
import { onPath } from '../doctor/look.ts'

export type Pnpm = {
  /** `12.21.0` */
  readonly version: string
  /** Runs it in `folder`. Resolves with what it printed, however it ended. */
  readonly run: (
    folder: string,
    args: readonly string[],
  ) => Promise<{ readonly ok: boolean; readonly output: string }>
}

/** Throws a `SetupProblem` where there is no pnpm 12. */
export async function findPnpm(environment: NodeJS.ProcessEnv = process.env): Promise<Pnpm> {
  for (const program of await candidates(environment)) {
    const run: Pnpm['run'] = (folder, args) => runProgram(program, args, { folder, environment })
    const { ok, output } = await run(process.cwd(), ['--version'])
    const version = output.trim()
    if (ok && /^12\.\d+\.\d+$/.test(version)) return { version, run }
  }
  throw new SetupProblem(
    'expected pnpm 12 to fill the bundle with, got none. Start with npx -y pnpm@12 workshop bundle',
  )
}

async function candidates(environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const running = environment['npm_execpath'] ?? ''
  const kept = join(environment['npm_config_cache'] ?? join(homedir(), '.npm'), '_npx')
  const program = process.platform === 'win32' ? 'pnpm.exe' : 'pnpm'
  const target = `exe.${process.platform}-${process.arch}`
  return [
    ...(/pnpm(\.\w+)?$/.test(running) ? [running] : []),
    ...(await readdir(kept).catch(() => [])).map((folder) =>
      join(kept, folder, 'node_modules', '@pnpm', target, program),
    ),
    ...[await onPath('pnpm', environment)].filter((path) => path !== undefined),
  ].filter((path) => !['.cmd', '.bat', '.ps1'].includes(extname(path).toLowerCase()))
}

type Where = { readonly folder: string; readonly environment: NodeJS.ProcessEnv }

function runProgram(program: string, args: readonly string[], { folder, environment }: Where) {
  const isScript = ['.js', '.cjs', '.mjs'].includes(extname(program))
  const [command, ...all] = isScript ? [process.execPath, program, ...args] : [program, ...args]
  return new Promise<{ ok: boolean; output: string }>((resolve) => {
    const child = spawn(command, all, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => {
      const output = stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'))
      resolve({ ok: code === 0, output })
    })
  })
}
