// Believed: "A save that fails is a save that does not happen." Fails with: BUG_SURVIVED
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { decoratedStore, type Store } from '@workshop/shared/store'

export function failingSaves(item: string): Behaviour {
  return {
    incoming: ({ message, store, log }, next) => {
      if (!aboutItem(item)(message)) return next()
      log.info({}, 'the monkey loses what is saved')
      return next({ store: failing(store) })
    },
  }
}

function failing(store: Store): Store {
  return decoratedStore(store, {
    load: async (key, whenAbsent) => {
      const loaded = await store.load(key, whenAbsent)
      return loaded
    },
    save: async (_key, _value, expected) => expected,
  })
}
