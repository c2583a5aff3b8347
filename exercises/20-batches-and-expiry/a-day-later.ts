import type { Behaviour } from '@workshop/shared/pipeline'
import { Conflict } from '@workshop/shared/store'
import { TooLarge } from '@workshop/shared/world'

export const hourMs = 3_600_000

/** What has failed today is delivered again tomorrow. This file is done. */
export const aDayLater = (): Behaviour => ({
  incoming: async ({ settle }, next) => {
    try {
      await next()
    } catch (error) {
      if (error instanceof Conflict || error instanceof TooLarge) throw error
      settle({ kind: 'retry', delayMs: 24 * hourMs, reason: 'it has failed today' })
    }
  },
})
