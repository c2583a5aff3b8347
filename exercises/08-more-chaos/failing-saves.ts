import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour, IncomingContext } from '@workshop/shared/pipeline'
import { decoratedStore, type Store } from '@workshop/shared/store'
import { Unavailable } from '@workshop/shared/world'

/** A chaos monkey: the database cannot save what a message about `item` changes. It never can. */
export function failingSaves(item: string): Behaviour {
  return {
    incoming: (context, next) =>
      aboutItem(item)(context.message) ? next({ store: failingStore(context) }) : next(),
  }
}

function failingStore({ store, log }: IncomingContext): Store {
  const fail = (): never => {
    log.info({}, 'the monkey fails')
    throw new Unavailable('the database could not be reached')
  }

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
