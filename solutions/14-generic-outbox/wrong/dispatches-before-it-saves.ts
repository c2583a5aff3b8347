// Believed: "What was sent cannot get lost any more, so it is sent first." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const { value: entity, version } = await store.load<Entity>(key, {})
    if (entity.outbox?.[message.id] !== undefined) return
    const work = new UnitOfWork(store, key, { value: entity, version })
    await next({ store: work.store, dispatch: work.dispatch })
    for (const captured of work.messages) await dispatch(asDispatch(captured))
    await store.save(
      key,
      { ...work.state, outbox: { ...entity.outbox, [message.id]: null } },
      version,
    )
  },
})
