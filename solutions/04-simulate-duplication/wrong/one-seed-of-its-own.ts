// Believed: "I make the random numbers myself, from a seed, and they are the same each time." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  let seed = 42
  const toss = (): boolean => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648 < 0.5
  }
  return {
    outgoing: async (_context, next) => {
      await next()
      if (toss()) await next()
    },
  }
}
