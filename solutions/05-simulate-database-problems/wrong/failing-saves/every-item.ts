// Believed: "When the database is down, it is down for all." Fails with: FALSE_ALARM
import type { Behaviour } from '@workshop/shared/pipeline'
import { decoratedStore, type Store } from '@workshop/shared/store'
import { Unavailable } from '@workshop/shared/world'

export function failingSaves(_item: string): Behaviour {
  return {
    incoming: ({ store, log }, next) => {
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
