// Believed: "What was processed need not even load the order, so look there first." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const processed = `processed-${endpoint}-${message.id}`
    const mark = await store.load(processed, false)
    let { value: entity, version } = await store.load<Entity>(key, {})
    if (!mark.value) {
      if (entity.outbox?.[message.id] === undefined) {
        const work = new UnitOfWork(store, key, { value: entity, version })
        await next({ store: work.store, dispatch: work.dispatch })
        entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
        version = await store.save(key, entity, version)
      }
      for (const captured of entity.outbox?.[message.id] ?? []) await dispatch(asDispatch(captured))
      await store.save(processed, true, mark.version)
    } else {
      // What was loaded before the mark was looked at may not show yet what the mark stands for.
      ;({ value: entity, version } = await store.load<Entity>(key, {}))
    }
    const { [message.id]: waiting, ...others } = entity.outbox ?? {}
    if (waiting) await store.save(key, { ...entity, outbox: others }, version)
  },
})
