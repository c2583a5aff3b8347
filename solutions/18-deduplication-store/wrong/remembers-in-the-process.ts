// Believed: "A set in memory is fast, and each message comes back to the same process." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => {
  const processed = new Set<string>()
  return {
    incoming: async ({ message, store, dispatch }, next) => {
      const key = keyIn(message, field)
      let { value: entity, version } = await store.load<Entity>(key, {})
      if (!processed.has(message.id)) {
        if (entity.outbox?.[message.id] === undefined) {
          const work = new UnitOfWork(store, key, { value: entity, version })
          await next({ store: work.store, dispatch: work.dispatch })
          entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
          version = await store.save(key, entity, version)
        }
        const messages = entity.outbox?.[message.id] ?? []
        for (const captured of messages) await dispatch(asDispatch(captured))
        processed.add(message.id)
      }
      const { [message.id]: waiting, ...others } = entity.outbox ?? {}
      if (waiting) await store.save(key, { ...entity, outbox: others }, version)
    },
  }
}
