// Whoever comes finds what others have left, dispatches it, and only then does its own work.
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Entity>(key, {})
    const finish = async (): Promise<void> => {
      const waiting = Object.entries(entity.outbox ?? {}).filter(
        ([, messages]) => messages !== null,
      )
      if (waiting.length === 0) return
      for (const [, messages] of waiting) {
        for (const captured of messages ?? []) await dispatch(asDispatch(captured))
      }
      const done = Object.fromEntries(waiting.map(([id]) => [id, null]))
      entity = { ...entity, outbox: { ...entity.outbox, ...done } }
      version = await store.save(key, entity, version)
    }
    await finish()
    if (entity.outbox?.[message.id] === null) return
    const work = new UnitOfWork(store, key, { value: entity, version })
    await next({ store: work.store, dispatch: work.dispatch })
    entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
    version = await store.save(key, entity, version)
    await finish()
  },
})
