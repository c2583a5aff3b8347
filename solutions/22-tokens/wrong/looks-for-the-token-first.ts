// Believed: "No token, no work: then there is no need to load anything." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent } from '@workshop/shared/store'
import { hasToken, tidyUp, tokenKey, tokenOf, withEntry, withTokens } from './tokens.ts'
import { asDispatch, type Captured, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once, and keeps nothing of what is done. `field` names
 *  the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch, ids }, next) => {
    const key = keyIn(message, field)
    const token = await store.load(tokenOf(message), null)
    let { value: entity, version } = await store.load<Entity>(key, {})
    const put = async (sent?: readonly Captured[]): Promise<void> => {
      entity = withEntry(entity, message.id, sent)
      version = await store.save(key, entity, version)
    }
    let messages = entity.outbox?.[message.id]
    if (token.version === absent) {
      if (messages) await put()
      return
    }
    if (!messages) {
      const work = new UnitOfWork(store, key, { value: entity, version })
      await next({ store: work.store, dispatch: work.dispatch })
      entity = { ...work.state, outbox: { ...entity.outbox } }
      messages = work.messages
      await put(messages)
    }
    if (!messages.every(hasToken)) {
      const fresh = messages.map(() => tokenKey(message, ids.next()))
      for (const one of fresh) await store.save(one, 'new', absent)
      messages = withTokens(messages, fresh)
      await put(messages)
    }
    for (const captured of messages) await dispatch(asDispatch(captured))
    await tidyUp(store, message, messages)
    await store.remove(tokenOf(message), token.version)
    await put()
  },
})
