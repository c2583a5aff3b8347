// Brings handlers to the same moment without luck: nobody's first save goes through before everybody
// has loaded. A handler that ends without loading counts as arrived, so that nobody waits for ever.

import type { Behaviour } from '../pipeline/index.ts'
import type { Store } from '../store/index.ts'

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
  return {
    features: store.features,
    load: async (key, whenAbsent) => {
      const result = await store.load(key, whenAbsent)
      loaded()
      return result
    },
    save: async (key, value, expected) => {
      await open
      return store.save(key, value, expected)
    },
    saveAll: async (writes) => {
      await open
      return store.saveAll(writes)
    },
    remove: async (key, expected) => {
      await open
      return store.remove(key, expected)
    },
    list: (prefix, options) => store.list(prefix, options),
    pending: (options) => store.pending(options),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
