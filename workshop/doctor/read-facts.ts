// Looks at this machine, at everything at once: about as long as the slowest look.

import { readFile, realpath } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { join, sep } from 'node:path'
import { fileEventsArrive } from '../loop/probe.ts'
import { root } from '../root.ts'
import type { Facts } from './facts.ts'
import * as look from './look.ts'

/** How long a file event and an answer of a broker on this machine may take. */
const eventLimitMs = 1000
const brokerLimitMs = 200

/** Where the runner writes. */
export const writtenFolders = ['.workshop', 'exercises'] as const

export async function readFacts(): Promise<Facts> {
  const workshop = join(root, '.workshop')
  const [node, pnpm, npx, git, sqlite, typescript, editor, problem, hasRabbitmq, folder] =
    await Promise.all([
      nodeFacts(),
      look.pnpm(),
      look.onPath('npx'),
      look.git(),
      look.sqliteVersion(),
      look.typescript(),
      look.editor(),
      look.loopbackProblem(),
      look.answers(5672, brokerLimitMs),
      folderFacts(workshop),
    ])
  return {
    platform: process.platform,
    arch: process.arch,
    node,
    pnpm,
    hasNpx: npx !== undefined,
    git,
    folder,
    sqlite,
    typescript,
    terminal: process.stdout.isTTY
      ? { columns: process.stdout.columns, colourBits: process.stdout.getColorDepth() }
      : undefined,
    loopbackProblem: problem,
    editor,
    hasRabbitmq,
    processors: availableParallelism(),
    memoryBytes: totalmem(),
  }
}

export async function nodeFacts(): Promise<Facts['node']> {
  const { optionalDependencies }: { optionalDependencies: { node: string } } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  )
  const modules = await realpath(join(root, 'node_modules')).catch(() => undefined)
  const program = await realpath(process.execPath).catch(() => process.execPath)
  return {
    version: process.versions.node,
    isCarried: modules !== undefined && program.startsWith(modules + sep),
    wanted: optionalDependencies.node,
  }
}

export const writableFacts = (): Promise<Facts['folder']['writable']> =>
  Promise.all(
    writtenFolders.map(async (name) => ({
      name,
      problem: await look.writeProblem(join(root, name)),
    })),
  )

async function folderFacts(workshop: string): Promise<Facts['folder']> {
  const [freeBytes, hasFileEvents, endings, writable] = await Promise.all([
    look.freeBytes(root),
    fileEventsArrive(workshop, { limitMs: eventLimitMs }),
    look.lineEndings(join(root, 'exercises')),
    writableFacts(),
  ])
  return { path: root, freeBytes, hasFileEvents, endings, writable }
}
