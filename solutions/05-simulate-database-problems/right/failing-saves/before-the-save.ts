// Fails in the first line of the save, and leaves the rest as it stands: it is never reached.
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { decoratedStore, type Store } from '@workshop/shared/store'
import { Unavailable } from '@workshop/shared/world'

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

function failing(fail: () => never, store: Store): Store {
  return decoratedStore(store, {
    load: async (key, whenAbsent) => {
      const loaded = await store.load(key, whenAbsent)
      return loaded
    },
    save: async (key, value, expected) => {
      fail()
      const version = await store.save(key, value, expected)
      return version
    },
  })
}
