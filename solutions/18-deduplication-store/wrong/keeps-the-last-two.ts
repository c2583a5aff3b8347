// Believed: "Copies come soon or never, so the last two ids are enough." Fails with: DUPLICATE_EFFECT
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
    const messages = entity.outbox?.[message.id] ?? null
    if (messages === null) return
    for (const captured of messages) await dispatch(asDispatch(captured))
    const all = Object.entries({ ...entity.outbox, [message.id]: null })
    const waiting = all.filter(([, list]) => list !== null)
    const done = all.filter(([, list]) => list === null).slice(-2)
    await store.save(key, { ...entity, outbox: Object.fromEntries([...done, ...waiting]) }, version)
  },
})
