// Believed: "What has been sent need not be remembered: the broker has acknowledged it." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Entity>(key, {})
    if (entity.outbox?.[message.id] === undefined) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
      version = await store.save(key, entity, version)
    }
    for (const captured of entity.outbox?.[message.id] ?? []) await dispatch(asDispatch(captured))
    const { [message.id]: _done, ...others } = entity.outbox ?? {}
    await store.save(key, { ...entity, outbox: others }, version)
  },
})
