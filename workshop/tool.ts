// Runs a tool of the toolchain by its JavaScript entry, on the Node that runs this: the same on
// every system, with no shell in between.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

export type ToolResult = { readonly ok: boolean; readonly output: string }

export type Started = {
  readonly child: ChildProcessWithoutNullStreams
  readonly result: Promise<ToolResult>
}

/** Runs `bin` of the installed package `name`. Resolves with what it printed, however it ended. */
export const runTool = async (
  name: string,
  args: readonly string[],
  bin: string = name,
): Promise<ToolResult> => (await startTool(name, args, bin)).result

/** Starts it, for whoever may want to end it early. */
export async function startTool(
  name: string,
  args: readonly string[],
  bin: string = name,
): Promise<Started> {
  const folder = join(root, 'node_modules', name)
  const { bin: bins }: { bin: Record<string, string> } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  )
  const entry = bins[bin]
  if (entry === undefined) throw new Error(`expected ${name} to have the command ${bin}`)
  return start(process.execPath, [join(folder, entry), ...args])
}

/** Runs a program in the root of the repository. */
export const run = (
  program: string,
  args: readonly string[],
  input?: string,
): Promise<ToolResult> => start(program, args, input).result

function start(program: string, args: readonly string[], input = ''): Started {
  const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH']]
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH: path.join(process.platform === 'win32' ? ';' : ':') },
    windowsHide: true,
  })
  const result = new Promise<ToolResult>((resolve, reject) => {
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
  return { child, result }
}
