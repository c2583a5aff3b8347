import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

const minuteMs = 60 * 1000
/** How long it is remembered that a message was processed. */
const retentionMs = 7 * 24 * 60 * minuteMs

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const processed = `processed-${endpoint}-${message.id}`
    let { value: entity, version } = await store.load<Entity>(key, {})
    const mark = await store.load<object | null>(processed, null)
    // TODO No mark: is this message new, or is it so old that its mark has expired?
    if (mark.value === null) {
      if (entity.outbox?.[message.id] === undefined) {
        const work = new UnitOfWork(store, key, { value: entity, version })
        await next({ store: work.store, dispatch: work.dispatch })
        entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
        version = await store.save(key, entity, version)
      }
      for (const captured of entity.outbox?.[message.id] ?? []) await dispatch(asDispatch(captured))
      await store.save(processed, { keepForMs: retentionMs }, mark.version)
    } else {
      ;({ value: entity, version } = await store.load<Entity>(key, {}))
    }
    const { [message.id]: waiting, ...others } = entity.outbox ?? {}
    if (waiting) await store.save(key, { ...entity, outbox: others }, version)
  },
})
