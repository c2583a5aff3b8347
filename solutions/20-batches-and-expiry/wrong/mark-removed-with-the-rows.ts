// Believed: "Once everything is out, nothing about the message is needed any more." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent } from '@workshop/shared/store'
import { hourMs } from './a-day-later.ts'
import { saveInBundles } from './bundles.ts'
import { asDispatch, type Captured, keyIn, UnitOfWork } from './unit-of-work.ts'

/** How long a mark is needed: a copy comes within a day and a night. */
const keptMs = 36 * hourMs

/** Says of one message which run of it counts, and whether that was dispatched. It expires `ttlMs`
 *  after it was last saved; without that, never. */
type Mark = { readonly run: string; readonly isDispatched: boolean; readonly ttlMs?: number }

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch, ids }, next) => {
    const key = keyIn(message, field)
    const markKey = `${key}/marks/${message.id}/${endpoint}`
    const staged = `${key}/staged/${message.id}/${endpoint}/`
    const entity = await store.load(key, {})
    let mark = await store.load<Mark | undefined>(markKey, undefined)
    if (mark.version === absent) {
      const work = new UnitOfWork(store, key, entity)
      await next({ store: work.store, dispatch: work.dispatch })
      const run = ids.next()
      const rows = work.messages.map((value, n) => ({
        key: `${staged}${run}/${n}`,
        value,
        expected: absent,
      }))
      await saveInBundles(store, rows)
      const processed: Mark = { run, isDispatched: false }
      const [, version = absent] = await store.saveAll([
        { key, value: work.state, expected: entity.version },
        { key: markKey, value: processed, expected: absent },
      ])
      mark = { value: processed, version }
    }
    const rows = await store.list<Captured>(staged, { limit: 1000 })
    if (mark.value?.isDispatched === false) {
      const own = rows.filter((row) => row.key.startsWith(`${staged}${mark.value?.run}/`))
      for (const { value } of own) await dispatch(asDispatch(value))
      await store.remove(markKey, mark.version)
    }
    const done = rows.map(({ key, version }) => ({ key, remove: true as const, expected: version }))
    await saveInBundles(store, done)
  },
})
