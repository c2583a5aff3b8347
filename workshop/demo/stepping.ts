// A demonstration in steps: each press of Enter makes the next change. Without a terminal each call
// makes one. It remembers where it is by what stands in the folder.

import type { ExitCode } from '../command.ts'
import type { StepFolder } from './step-folder.ts'
import type { StepEvent } from './step-screens.ts'

export type Stepping = {
  readonly folder: StepFolder
  /** Begins again. */
  readonly resets: boolean
  readonly tell: (event: StepEvent) => void
  /** The lines of whoever sits at the terminal; undefined where nobody does. `q` ends it. */
  readonly lines?: AsyncIterable<string> | undefined
}

/** Resolves with 0 when no step is left, or nobody asks for one. */
export async function stepThrough(stepping: Stepping): Promise<ExitCode> {
  const { lines } = stepping
  await oneMore(stepping)
  if (!lines) return 0
  for await (const line of lines) {
    if (line.trim().toLowerCase() === 'q') break
    if (!(await oneMore({ ...stepping, resets: false }))) break
  }
  return 0
}

/** Lays out the start, or makes the next step. False when there is none. */
async function oneMore({ folder, resets, tell }: Stepping): Promise<boolean> {
  const made = resets ? undefined : await folder.made()
  const steps = folder.steps.length
  if (made === undefined) {
    const kept = await folder.begin()
    tell({ type: 'begun', folder: folder.path, steps, kept })
    return true
  }
  if (made >= steps) {
    tell({ type: 'ended', folder: folder.path, steps })
    return false
  }
  const step = await folder.make(made)
  tell({ type: 'step', folder: folder.path, step, number: made + 1, steps })
  return made + 1 < steps
}
