// Believed: "Marking must not fail, so it takes whatever version there is." Fails with: LOST_MESSAGE
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const loaded = await store.load<Entity>(key, {})
    let entity = loaded.value
    const { version } = loaded
    if (entity.outbox?.[message.id] === undefined) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
      await store.save(key, entity, version)
    }
    const messages = entity.outbox?.[message.id] ?? null
    if (messages === null) return
    for (const captured of messages) await dispatch(asDispatch(captured))
    const marked = { ...entity, outbox: { ...entity.outbox, [message.id]: null } }
    const now = await store.load<Entity>(key, {})
    await store.save(key, marked, now.version)
  },
})
