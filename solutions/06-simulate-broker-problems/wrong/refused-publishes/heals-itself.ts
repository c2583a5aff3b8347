// Believed: "What is refused is sent again: the broker would do that, too." Fails with: BUG_SURVIVED
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      try {
        const isRefused = aboutItem(item)(context.message) && context.coin('refuse')
        if (isRefused) throw new Unavailable('the broker refused it')
        await next()
      } catch {
        await next()
      }
    },
  }
}
