// Believed: "One outbox for the endpoint, so one list of what was sent; it is emptied for each message." Fails with: LOST_MESSAGE
import type { Dispatch, Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Captured, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => {
  let captured: Captured[] = []
  return {
    incoming: async ({ message, store, dispatch }, next) => {
      const key = keyIn(message, field)
      let { value: entity, version } = await store.load<Entity>(key, {})
      let messages = entity.outbox?.[message.id]
      if (messages === undefined) {
        captured = []
        const work = new UnitOfWork(store, key, { value: entity, version })
        const capture = async (sent: Dispatch): Promise<void> => {
          await work.dispatch(sent)
          captured.push(...work.messages.splice(0))
        }
        await next({ store: work.store, dispatch: capture })
        entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: captured } }
        version = await store.save(key, entity, version)
        messages = captured
      }
      if (messages === null) return
      for (const one of messages) await dispatch(asDispatch(one))
      const marked = { ...entity, outbox: { ...entity.outbox, [message.id]: null } }
      await store.save(key, marked, version)
    },
  }
}
