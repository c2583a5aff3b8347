// Believed: "One field, however large: then it is committed in the same write." Fails with: ENTITY_TOO_LARGE
import type { Behaviour } from '@workshop/shared/pipeline'
import { type Entity, isMarked, mark, processedKey, type Staged } from './staging.ts'
import { asDispatch, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once, with one field in the entity. `field` names the
 *  key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const processed = processedKey(endpoint, message.id)
    let { value: entity, version } = await store.load<Entity>(key, {})
    const finish = async (): Promise<void> => {
      const { pending, ...state } = entity
      if (pending === undefined) return
      const staged = JSON.parse(pending) as Staged
      for (const captured of staged.messages) await dispatch(asDispatch(captured))
      await mark(store, staged.processed)
      entity = state
      version = await store.save(key, entity, version)
    }
    await finish()
    if (await isMarked(store, processed)) return
    const work = new UnitOfWork(store, key, { value: entity, version })
    await next({ store: work.store, dispatch: work.dispatch })
    const pending = JSON.stringify({ processed, messages: work.messages })
    entity = { ...work.state, pending }
    version = await store.save(key, entity, version)
    await finish()
  },
})
