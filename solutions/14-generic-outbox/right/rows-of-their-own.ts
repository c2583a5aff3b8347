// Keeps what is to be sent under a key of its own, beside the entity: one `saveAll` writes both.
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Captured, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const row = `${key}/outbox/${message.id}`
    // The entity first: who sees no row afterwards has a version that nobody has saved over since.
    const loaded = await store.load<Entity>(key, {})
    let { value: messages, version } = await store.load<readonly Captured[] | 'done' | 'new'>(
      row,
      'new',
    )
    if (messages === 'new') {
      const work = new UnitOfWork(store, key, loaded)
      await next({ store: work.store, dispatch: work.dispatch })
      messages = work.messages
      const [, saved] = await store.saveAll([
        { key, value: work.state, expected: loaded.version },
        { key: row, value: messages, expected: version },
      ])
      version = saved ?? version
    }
    if (messages === 'done') return
    for (const captured of messages) await dispatch(asDispatch(captured))
    await store.save(row, 'done', version)
  },
})
