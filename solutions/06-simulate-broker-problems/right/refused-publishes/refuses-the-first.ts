// Refuses the first publish about each cause, and remembers which: no coin, and each run alike.
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  const refused = new Set<string>()
  return {
    outgoing: async ({ message, cause }, next) => {
      const attempt = `${message.type} ${cause?.message.id ?? message.id}`
      if (aboutItem(item)(message) && !refused.has(attempt)) {
        refused.add(attempt)
        throw new Unavailable(`the broker refused ${message.type}`)
      }
      await next()
    },
  }
}
