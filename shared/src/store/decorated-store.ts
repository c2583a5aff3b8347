// A store that differs from another in a few calls: what a fault, a recorder or a gate is made of.

import type { Store } from './store.ts'

/** `store`, with the calls in `changes` in place of its own. */
export function decoratedStore(store: Store, changes: Partial<Store>): Store {
  return {
    features: store.features,
    load: (key, whenAbsent) => store.load(key, whenAbsent),
    save: (key, value, expected) => store.save(key, value, expected),
    remove: (key, expected) => store.remove(key, expected),
    saveAll: (writes) => store.saveAll(writes),
    list: (prefix, options) => store.list(prefix, options),
    pending: (options) => store.pending(options),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    ...changes,
  }
}
