// A world in which a coin falls on heads only as often as a specification allows. Each process
// counts for itself: they toss without asking anybody.

import type { World } from '../../world/index.ts'

/** `world`, whose coins fall on heads for at most `heads` names; a name that has fallen so falls so
 *  again. */
export function fewCoins(world: World, heads: number): World {
  const fallen = new Set<string>()
  return {
    ...world,
    coin: (name) => {
      if (fallen.has(name)) return true
      if (fallen.size >= heads || !world.coin(name)) return false
      fallen.add(name)
      return true
    },
  }
}
