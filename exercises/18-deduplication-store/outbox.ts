import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    // TODO The order keeps the id of each message for good. Keep them in the store, each under a
    //      key of its own, and nothing in the order but what is under way.
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Entity>(key, {})
    if (entity.outbox?.[message.id] === undefined) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
      version = await store.save(key, entity, version)
    }
    const messages = entity.outbox?.[message.id] ?? null
    if (messages === null) return
    for (const captured of messages) await dispatch(asDispatch(captured))
    const marked = { ...entity, outbox: { ...entity.outbox, [message.id]: null } }
    await store.save(key, marked, version)
  },
})
