import type { Behaviour } from '@workshop/shared/pipeline'
import { absent, type Write } from '@workshop/shared/store'
import { hourMs } from './a-day-later.ts'
import { saveInBundles } from './bundles.ts'
import { asDispatch, type Captured, keyIn, UnitOfWork } from './unit-of-work.ts'

/** How long a mark is needed: a copy comes within a day and a night. */
const keptMs = 36 * hourMs

/** Says of one message that it was processed, and whether it was dispatched. It expires `ttlMs`
 *  after it was last saved; without that, never. */
type Mark = { readonly isDispatched: boolean; readonly ttlMs?: number }

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch }, next) => {
    const key = keyIn(message, field)
    const markKey = `${key}/marks/${message.id}/${endpoint}`
    const staged = `${key}/staged/${message.id}/${endpoint}/`
    const entity = await store.load(key, {})
    let mark = await store.load<Mark | undefined>(markKey, undefined)
    if (mark.version === absent) {
      const work = new UnitOfWork(store, key, entity)
      await next({ store: work.store, dispatch: work.dispatch })
      // TODO An order of thirty gifts is too much for one batch, and an outage can outlast a mark.
      const processed: Mark = { isDispatched: false, ttlMs: keptMs }
      const rows = work.messages.map((value, n) => ({
        key: `${staged}${n}`,
        value: { ...value, ttlMs: keptMs },
        expected: absent,
      }))
      const writes: readonly Write[] = [
        { key, value: work.state, expected: entity.version },
        { key: markKey, value: processed, expected: absent },
        ...rows,
      ]
      await saveInBundles(store, writes)
      mark = await store.load(markKey, processed)
    }
    const rows = await store.list<Captured>(staged, { limit: 1000 })
    if (mark.value?.isDispatched === false) {
      for (const { value } of rows) await dispatch(asDispatch(value))
      await store.save(markKey, { ...mark.value, isDispatched: true }, mark.version)
    }
    const done = rows.map(({ key, version }) => ({ key, remove: true as const, expected: version }))
    await saveInBundles(store, done)
  },
})
