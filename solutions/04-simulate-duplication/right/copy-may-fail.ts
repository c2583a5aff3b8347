// The original decides what the sender is told; a copy that nobody took is no failure of his.
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable, Unknown } from '@workshop/shared/world'

export function duplicates(): Behaviour {
  return {
    outgoing: async ({ coin }, next) => {
      await next()
      if (!coin('duplicate')) return
      try {
        await next()
      } catch (error) {
        if (!(error instanceof Unavailable || error instanceof Unknown)) throw error
      }
    },
  }
}
