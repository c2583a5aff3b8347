// Which commands arrive twice in a soak, and which once more a while later: about three of a
// hundred, as the seed decides.

import type { Trouble } from '@workshop/shared/chaos'
import { realWorld } from '@workshop/shared/world'

export type Copies = {
  readonly doubled: Trouble
  readonly late: Trouble
  /** How much later, in milliseconds. */
  readonly lateMs: number
}

const share = { doubled: 0.02, late: 0.012 }

/** `types` are those of the commands. */
export function copies(seed: string, types: readonly string[]): Copies {
  const world = realWorld({ seed })
  const falls =
    (what: keyof typeof share): Trouble =>
    ({ id, type }) =>
      types.includes(type) && world.random(`${what} ${id}`) < share[what]
  return { doubled: falls('doubled'), late: falls('late'), lateMs: 700 }
}
