// Who chooses what happens next. A strategy is asked wherever there is more than one option; the
// first option always means: go on with what ran last, and no fault.

import type { Options } from './option.ts'
import type { Simulation } from './simulation.ts'

export interface Strategy {
  /** Whether it asks for `simulation.digest()`. Default false: keeping it up to date takes time. */
  readonly usesState?: boolean
  /** Whether it was told what to do: then it is asked at each step, also where there is but one,
   *  and a crash may follow any step, also one that changed nothing. Default false. */
  readonly isTold?: boolean
  /** A new run begins. */
  begin(): void
  /** The position of what happens next, or `prune`: this run would show nothing new.
   *  `isBoundary`: everything is parked, so that `simulation.digest()` tells the state. */
  choose(simulation: Simulation, options: Options, isBoundary: boolean): number
}

export const prune = -1

/** Numbers in [0, 1) that depend on `seed` alone. Source: sfc32, by Chris Doty-Humphrey. */
export function randomOf(seed: number): () => number {
  let [a, b, c, d] = [0x9e_37_79_b9, 0x24_3f_6a_88, seed | 0, 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let turn = 0; turn < 12; turn += 1) next()
  return next
}
