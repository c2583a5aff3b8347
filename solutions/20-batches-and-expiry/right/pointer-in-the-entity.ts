// The commit is one save, of the entity: it says which run counts until a mark says so, and whoever
// comes next sees to that. So it also works where a store cannot write two entries together.
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent, type Loaded, type Store } from '@workshop/shared/store'
import { hourMs } from './a-day-later.ts'
import { saveInBundles } from './bundles.ts'
import { asDispatch, type Captured, keyIn, UnitOfWork } from './unit-of-work.ts'

/** How long a mark is needed: a copy comes within a day and a night. */
const keptMs = 36 * hourMs

/** Says of one message which run of it counts, and whether that was dispatched. It expires `ttlMs`
 *  after it was last saved; without that, never. */
type Mark = { readonly run: string; readonly isDispatched: boolean; readonly ttlMs?: number }

type Pointed = { readonly counts?: { readonly markKey: string; readonly run: string } }

/** The entity, once the run that it names has its mark. */
async function settled(store: Store, key: string): Promise<Loaded<object>> {
  const loaded = await store.load<Pointed>(key, {})
  const { counts, ...value } = loaded.value
  if (!counts) return loaded
  const mark = await store.load<Mark | undefined>(counts.markKey, undefined)
  const processed: Mark = { run: counts.run, isDispatched: false }
  if (mark.version === absent) await store.save(counts.markKey, processed, absent)
  return { value, version: await store.save(key, value, loaded.version) }
}

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch, ids }, next) => {
    const key = keyIn(message, field)
    const markKey = `${key}/marks/${message.id}/${endpoint}`
    const staged = `${key}/staged/${message.id}/${endpoint}/`
    const entity = await settled(store, key)
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
      const pointed = { ...work.state, counts: { markKey, run } }
      const committed = await store.save(key, pointed, entity.version)
      const processed: Mark = { run, isDispatched: false }
      mark = { value: processed, version: await store.save(markKey, processed, absent) }
      await store.save(key, work.state, committed)
    }
    const rows = await store.list<Captured>(staged, { limit: 1000 })
    if (mark.value?.isDispatched === false) {
      const own = rows.filter((row) => row.key.startsWith(`${staged}${mark.value?.run}/`))
      for (const { value } of own) await dispatch(asDispatch(value))
      await store.save(markKey, { ...mark.value, isDispatched: true, ttlMs: keptMs }, mark.version)
    }
    const done = rows.map(({ key, version }) => ({ key, remove: true as const, expected: version }))
    await saveInBundles(store, done)
  },
})
