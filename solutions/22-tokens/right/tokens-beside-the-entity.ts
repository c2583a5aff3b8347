// Keeps the tokens in the entity's own partition: one write has the state, the messages and their
// tokens. There is no checkpoint to miss, and nothing to tidy up.
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent } from '@workshop/shared/store'
import { tokenOf, withEntry, withTokens } from './tokens.ts'
import { asDispatch, type Captured, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once, and keeps nothing of what is done. `field` names
 *  the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch, ids }, next) => {
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Entity>(key, {})
    const put = async (sent?: readonly Captured[]): Promise<void> => {
      entity = withEntry(entity, message.id, sent)
      version = await store.save(key, entity, version)
    }
    const token = await store.load(tokenOf(message), null)
    let messages = entity.outbox?.[message.id]
    if (token.version === absent) {
      if (messages) await put()
      return
    }
    if (!messages) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { ...entity.outbox } }
      const fresh = work.messages.map(() => `${key}/tokens/${ids.next()}`)
      messages = withTokens(work.messages, fresh)
      entity = withEntry(entity, message.id, messages)
      const writes = fresh.map((one) => ({ key: one, value: 'new', expected: absent }))
      const [saved] = await store.saveAll([{ key, value: entity, expected: version }, ...writes])
      version = saved ?? version
    }
    for (const captured of messages) await dispatch(asDispatch(captured))
    await store.remove(tokenOf(message), token.version)
    await put()
  },
})
