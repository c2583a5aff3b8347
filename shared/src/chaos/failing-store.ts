// A store that fails every time something is saved in a delivery that has the trouble: the database
// was certainly not reached.

import type { Behaviour } from '../pipeline/index.ts'
import { decoratedStore, type Store } from '../store/index.ts'
import { Unavailable } from '../world/index.ts'
import type { Trouble } from './trouble.ts'

export function failingStore(trouble: Trouble): Behaviour {
  return {
    incoming: (context, next) =>
      trouble(context.message) ? next({ store: unavailable(context.store) }) : next(),
  }
}

function unavailable(store: Store): Store {
  const fail = (): Promise<never> =>
    Promise.reject(new Unavailable('the database could not be reached'))
  return decoratedStore(store, { save: fail, remove: fail, saveAll: fail })
}
