// Estimates in a lecture: a program that readers can run, and below it what it prints. It promises
// that the program compiles and printed exactly that; not that the estimate is a good one.

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Scratch } from '../checking/scratch.ts'
import { typeProblems } from '../checking/types.ts'
import { fromRoot, root } from '../root.ts'
import { typescriptFlags } from '../typescript-flags.ts'
import type { Filled, Filler, Place } from './filling.ts'

/** An estimate is over in a moment; this ends a loop. */
const limitMs = 10_000

export const isProgram = ({ block }: Place): boolean => block.info === 'ts run'
export const isPrinted = ({ block }: Place): boolean => block.info === 'text printed'

export const estimates: Filler = {
  usage: 'ts run, and below it text printed',
  fills: isPrinted,
  fill: async (places) => {
    if (places.length === 0) return []
    await using scratch = await Scratch.make()
    const programs = await Promise.all(places.map((place, at) => writeProgram(place, scratch, at)))
    // The compiler refuses to check nothing.
    const hasPrograms = programs.some(({ folder }) => folder !== undefined)
    const problems = hasPrograms ? await typeProblems(scratch.folder) : new Map<string, string[]>()
    const fill = async ({ place, folder }: Written): Promise<Filled> => {
      if (folder === undefined) {
        return { place, problem: 'expected a block "ts run" above what it prints, got none' }
      }
      const [wrong] = problems.get(fromRoot(folder)) ?? []
      if (wrong !== undefined) return { place, problem: wrong }
      return printed(place, join(folder, 'estimate.ts'))
    }
    // No more at once than there are cores: each has its time from when it starts.
    const filled: Filled[] = []
    const atOnce = availableParallelism()
    for (let at = 0; at < programs.length; at += atOnce) {
      filled.push(...(await Promise.all(programs.slice(at, at + atOnce).map(fill))))
    }
    return filled
  },
}

type Written = { readonly place: Place; readonly folder: string | undefined }

async function writeProgram(place: Place, scratch: Scratch, at: number): Promise<Written> {
  const { blocks } = place.page
  const program = blocks[blocks.indexOf(place.block) - 1]
  if (!program || !isProgram({ ...place, block: program })) return { place, folder: undefined }
  const folder = join(scratch.folder, `estimate-${at}`)
  await mkdir(folder)
  await writeFile(join(folder, 'estimate.ts'), `${program.text}\n`)
  return { place, folder }
}

async function printed(place: Place, file: string): Promise<Filled> {
  const args = [...typescriptFlags, file]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: root,
      timeout: limitMs,
    })
    return { place, text: stdout.trimEnd() }
  } catch (error) {
    return { place, problem: `expected a program that ends, got ${String(error)}` }
  }
}
