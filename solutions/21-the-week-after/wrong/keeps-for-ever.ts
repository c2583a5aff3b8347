// Believed: "Disks are cheap: what is never forgotten is never run twice." Fails with: STORE_UNBOUNDED
import type { Message } from '@workshop/shared/message'
import type { Behaviour } from '@workshop/shared/pipeline'
import { asDispatch, type Entity, keyIn, UnitOfWork } from './unit-of-work.ts'

const minuteMs = 60 * 1000
/** How old a message may be when it is run. */
const retentionMs = 7 * 24 * 60 * minuteMs
/** By how much the clocks of two machines may differ. */
const toleranceMs = minuteMs

/** Why nobody can say any more whether `message` was processed; undefined: it is young enough. */
function refusal({ headers }: Message, nowMs: number): string | undefined {
  const { sentAtMs = '' } = headers
  const ageMs = nowMs - Number.parseFloat(sentAtMs)
  if (ageMs >= -toleranceMs && ageMs < retentionMs) return undefined
  return `expected a message of the last ${retentionMs} ms, got one of "${sentAtMs}" at ${nowMs}`
}

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch, clock, settle }, next) => {
    const key = keyIn(message, field)
    const processed = `processed-${endpoint}-${message.id}`
    let { value: entity, version } = await store.load<Entity>(key, {})
    const mark = await store.load<object | null>(processed, null)
    if (mark.value === null) {
      if (entity.outbox?.[message.id] === undefined) {
        // The clock comes last: a mark that was missing then had not expired, but never been.
        const reason = refusal(message, clock.nowMs())
        if (reason !== undefined) return settle({ kind: 'dead-letter', reason })
        const work = new UnitOfWork(store, key, { value: entity, version })
        await next({ store: work.store, dispatch: work.dispatch })
        entity = { ...work.state, outbox: { ...entity.outbox, [message.id]: work.messages } }
        version = await store.save(key, entity, version)
      }
      for (const captured of entity.outbox?.[message.id] ?? []) await dispatch(asDispatch(captured))
      await store.save(processed, { since: clock.nowMs() }, mark.version)
    } else {
      ;({ value: entity, version } = await store.load<Entity>(key, {}))
    }
    const { [message.id]: waiting, ...others } = entity.outbox ?? {}
    if (waiting) await store.save(key, { ...entity, outbox: others }, version)
  },
})
