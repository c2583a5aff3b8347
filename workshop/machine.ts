// Looks at the machine before anything else does, in well under a second: what is wrong is said
// first, as a set-up problem with its cure, and never blamed on the reader's code.

import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupProblem } from './command.ts'
import { root } from './root.ts'

export type MachineRow = { readonly name: string; readonly value: string }

/** What the workshop runs on. Throws a `SetupProblem` where it cannot run. */
export async function checkMachine(): Promise<readonly MachineRow[]> {
  await writable(join(root, '.workshop'))
  await writable(join(root, 'exercises'))
  await nativeModule()
  return [
    { name: 'Node', value: process.versions.node },
    { name: 'system', value: `${process.platform} ${process.arch}` },
    { name: 'broker', value: 'embedded (SQLite)' },
  ]
}

async function writable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new SetupProblem(
      `expected ${folder} to be writable, got ${String(error)}. Clone into a folder of your own`,
      { cause: error },
    )
  }
}

async function nativeModule(): Promise<void> {
  try {
    const { default: Sqlite } = await import('better-sqlite3')
    new Sqlite(':memory:').close()
  } catch (error) {
    throw new SetupProblem(
      `expected SQLite to load on ${process.platform} ${process.arch}, got ${String(error)}. ` +
        'Delete node_modules and start again',
      { cause: error },
    )
  }
}
