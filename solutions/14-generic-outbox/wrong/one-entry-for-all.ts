// Believed: "The entity knows whether something waits; one list is enough for that." Fails with: LOST_MESSAGE
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Entity>(key, {})
    if (entity.outbox?.['last'] === undefined || entity.outbox['last'] === null) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { last: work.messages } }
      version = await store.save(key, entity, version)
    }
    for (const captured of entity.outbox?.['last'] ?? []) await dispatch(asDispatch(captured))
    await store.save(key, { ...entity, outbox: { last: null } }, version)
  },
})
