// Brings handlers to the same moment without luck: nobody's first save goes through before
// everybody has loaded. A handler that ends without loading counts as arrived, so that nobody waits
// for ever.

import type { Behaviour } from '../pipeline/index.ts'
import { decoratedStore, type Store } from '../store/index.ts'

/** A behaviour for `parties` deliveries that are all in flight together. */
export function rendezvous(parties: number): Behaviour {
  const arrived = new Set<string>()
  const everybody = Promise.withResolvers<void>()
  const arrive = (id: string): void => {
    arrived.add(id)
    if (arrived.size >= parties) everybody.resolve()
  }
  return {
    incoming: async (context, next) => {
      const { id } = context.message
      try {
        await next({ store: gated(context.store, () => arrive(id), everybody.promise) })
      } finally {
        arrive(id)
      }
    },
  }
}

function gated(store: Store, loaded: () => void, open: Promise<void>): Store {
  return decoratedStore(store, {
    load: async (key, whenAbsent) => {
      const result = await store.load(key, whenAbsent)
      loaded()
      return result
    },
    save: (key, value, expected) => open.then(() => store.save(key, value, expected)),
    saveAll: (writes) => open.then(() => store.saveAll(writes)),
    remove: (key, expected) => open.then(() => store.remove(key, expected)),
  })
}
