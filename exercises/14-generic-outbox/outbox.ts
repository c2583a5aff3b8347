import type { Behaviour } from '@workshop/shared/pipeline'
import { keyIn } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    // TODO Run what is inside at most once, on a unit of work, and let nothing out too early.
    await next({ store, dispatch })
  },
})
