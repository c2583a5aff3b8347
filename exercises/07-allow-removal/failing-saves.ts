import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { decoratedStore, type Store } from '@workshop/shared/store'
import { Unavailable } from '@workshop/shared/world'

/** A chaos monkey: whenever a message is about `item`, the database fails to save what it changes. */
export function failingSaves(item: string): Behaviour {
  return {
    incoming: ({ message, store, log }, next) => {
      if (!aboutItem(item)(message)) return next()
      const fail = (): never => {
        log.info({}, 'the monkey fails the save')
        throw new Unavailable('the database could not be reached')
      }
      return next({ store: failing(fail, store) })
    },
  }
}

/** `store`, which calls `fail` in one place. */
function failing(fail: () => never, store: Store): Store {
  return decoratedStore(store, { save: async () => fail() })
}
