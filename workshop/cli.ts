// Finds the command that was asked for and runs it.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TestsHang } from './checking/hang.ts'
import { type Command, type ExitCode, SetupProblem } from './command.ts'
import { root } from './root.ts'
import { commandLine } from './screens/text.ts'

const folder = join(root, 'workshop', 'commands')

/** Runs the command `given[0]` with the rest of `given`; with `--help` among it, says how to call
 *  it. Never throws for a mistake of the caller. */
export async function main(given: readonly string[]): Promise<ExitCode> {
  process.stdout.on('error', endWhereNobodyReads)
  const [name, ...args] = given.filter((word, at) => !isHelp(word, at))
  try {
    const names = await commandNames()
    if (name === undefined) return await help(names)
    if (!names.includes(name)) {
      throw new SetupProblem(`expected one of ${names.join(', ')}, got "${name}"`)
    }
    if (given.some(isHelp)) return await help([name])
    return await (await load(name)).run(args)
  } catch (error) {
    if (error instanceof TestsHang) {
      console.error(`TIMEOUT  ${error.message}`)
      // The thread of the tests goes on for ever, and would keep the process with it.
      process.exit(1)
    }
    if (!(error instanceof SetupProblem) && !isBadOption(error)) throw error
    console.error(`SETUP  this is not your code\n${error.message}`)
    if (isBadOption(error)) console.error(`How to call it: ${commandLine(String(name), '--help')}`)
    return 2
  }
}

/** `... | head` has seen enough. */
function endWhereNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

async function commandNames(): Promise<readonly string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

async function load(name: string): Promise<Command> {
  const module: { command: Command } = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
  return module.command
}

const isHelp = (word: string, at: number): boolean =>
  word === '--help' || word === '-h' || (word === 'help' && at === 0)

async function help(names: readonly string[]): Promise<ExitCode> {
  console.log('npx -y pnpm@12 workshop <command>\n')
  for (const name of names) {
    const { usage, summary } = await load(name)
    console.log(`  ${`${name} ${usage}`.trimEnd()}\n      ${summary}`)
  }
  return 0
}

/** What `util.parseArgs` throws says by itself what is wrong with the call. */
const isBadOption = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
