// Believed: "First the state, which decides; then what belongs to it." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent } from '@workshop/shared/store'
import { type Entity, isMarked, loadStaged, mark, processedKey, stagedKey } from './staging.ts'
import { asDispatch, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once, with one field in the entity. `field` names the
 *  key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch, ids }, next) => {
    const key = keyIn(message, field)
    const processed = processedKey(endpoint, message.id)
    let { value: entity, version } = await store.load<Entity>(key, {})
    const finish = async (): Promise<void> => {
      const { pending, ...state } = entity
      if (pending === undefined) return
      const { value: staged, version: found } = await loadStaged(store, pending)
      if (staged) {
        for (const captured of staged.messages) await dispatch(asDispatch(captured))
        await mark(store, staged.processed)
        await store.remove(pending, found)
      }
      entity = state
      version = await store.save(key, entity, version)
    }
    await finish()
    if (await isMarked(store, processed)) return
    const work = new UnitOfWork(store, key, { value: entity, version })
    await next({ store: work.store, dispatch: work.dispatch })
    const pending = stagedKey(ids.next())
    entity = { ...work.state, pending }
    version = await store.save(key, entity, version)
    await store.save(pending, { processed, messages: work.messages }, absent)
    await finish()
  },
})
