// Believed: "A refusal is a refusal, whether I throw before the message is out or after." Fails with: BUG_SURVIVED
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!aboutItem(item)(context.message)) return
      if (context.coin('refuse')) throw new Unavailable('the broker refused it')
    },
  }
}
