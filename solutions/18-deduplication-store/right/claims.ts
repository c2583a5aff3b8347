// For reads that may be stale: an attempt has to win a claim, once and for all, before it runs.
import type { Behaviour } from '@workshop/shared/pipeline'
import { absent } from '@workshop/shared/store'
import { asDispatch, keyIn, type Outbox, UnitOfWork } from './unit-of-work.ts'

/** For each message that somebody works on, the claim under which it is done. */
type Claiming = {
  readonly outbox?: Outbox
  readonly claims?: Readonly<Record<string, string>>
}

/** Makes every handler inside of it exactly once: its state, and what it sends, are those of one
 *  run. `field` names the key of the entity in the body of a message. */
export const outbox = (field: string): Behaviour => ({
  incoming: async ({ endpoint, message, store, dispatch, ids }, next) => {
    const { id } = message
    const key = keyIn(message, field)
    let { value: entity, version } = await store.load<Claiming>(key, {})
    const claim = entity.claims?.[id] ?? ids.next()
    if (entity.claims?.[id] === undefined) {
      entity = { ...entity, claims: { ...entity.claims, [id]: claim } }
      version = await store.save(key, entity, version)
    }
    const claimed = `processed-${endpoint}-${id}`
    const winner = await store.load(claimed, '')
    // A stale read shows nothing where there is something: then this save is refused.
    if (winner.value === '') await store.save(claimed, claim, winner.version)
    if (winner.value === '' || winner.value === claim) {
      if (entity.outbox?.[id] === undefined) {
        const { claims: _claims, outbox: _outbox, ...state } = entity
        // An order that has nothing but claims is a new one to its handler.
        const isNew = Object.keys(state).length === 0
        const loaded = { value: state, version: isNew ? absent : version }
        const work = new UnitOfWork(store, key, loaded)
        await next({ store: work.store, dispatch: work.dispatch })
        entity = { ...entity, ...work.state, outbox: { ...entity.outbox, [id]: work.messages } }
        version = await store.save(key, entity, version)
      }
      for (const captured of entity.outbox?.[id] ?? []) await dispatch(asDispatch(captured))
    }
    const { [id]: _claim, ...claims } = entity.claims ?? {}
    const { [id]: _messages, ...others } = entity.outbox ?? {}
    await store.save(key, { ...entity, claims, outbox: others }, version)
  },
})
