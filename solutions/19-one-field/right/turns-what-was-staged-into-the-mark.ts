// Whoever finishes moves what was staged to the mark, and sends nothing: each message is sent by
// its own delivery, from its mark. It was published, too.
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent, Conflict } from '@workshop/shared/store'
import { type Entity, loadStaged, processedKey, stagedKey } from './staging.ts'
import { asDispatch, type Captured, keyIn, UnitOfWork } from './unit-of-work.ts'

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
        const { version: marked } = await store.load(staged.processed, null)
        if (marked === absent) await store.save(staged.processed, staged.messages, absent)
        await store.remove(pending, found)
      }
      entity = state
      version = await store.save(key, entity, version)
    }
    const sendOwn = async (): Promise<boolean> => {
      const { value: messages, version: marked } = await store.load<readonly Captured[]>(
        processed,
        [],
      )
      for (const captured of messages) await dispatch(asDispatch(captured))
      if (messages.length > 0) await store.save(processed, [], marked)
      return marked !== absent
    }
    await finish()
    if (await sendOwn()) return
    const work = new UnitOfWork(store, key, { value: entity, version })
    await next({ store: work.store, dispatch: work.dispatch })
    const pending = stagedKey(ids.next())
    const staged = await store.save(pending, { processed, messages: work.messages }, absent)
    entity = { ...work.state, pending }
    try {
      version = await store.save(key, entity, version)
    } catch (error) {
      // A conflict is certain: nothing will ever point to what was staged. Any other error is not.
      if (error instanceof Conflict) await store.remove(pending, staged)
      throw error
    }
    await finish()
    await sendOwn()
  },
})
