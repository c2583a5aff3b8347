// Outboxes with a mistake that people make, each made of the right one by bending what it is given.
// Every one of them is found by an exploration in mutants.test.ts.

import { partitionIn, placeOf } from '../../inbox/index.ts'
import type { Behaviour, Dispatch, IncomingContext } from '../../pipeline/index.ts'
import { absent, Conflict, decoratedStore, type Store } from '../../store/index.ts'
import { Unknown } from '../../world/index.ts'
import { outbox } from '../outbox.ts'

export const rightOutbox = (): Behaviour => outbox({ partition: partitionIn('orderId') })

/** Believes that whoever marks will also get to send. */
export const marksFirst = (): Behaviour =>
  bent(async (context, run) => {
    const held: Dispatch[] = []
    await run({
      ...context,
      dispatch: async (dispatch) => {
        held.push(dispatch)
      },
    })
    for (const dispatch of held) await context.dispatch(dispatch)
  })

/** Believes that whoever sends will also get to save. */
export function sendsFirst(): Behaviour {
  const { incoming } = rightOutbox()
  return {
    incoming: async (context, next) => {
      await incoming?.(context, (changes = {}) =>
        next({
          ...changes,
          dispatch: async (dispatch) => {
            await context.dispatch(dispatch)
            await changes.dispatch?.(dispatch)
          },
        }),
      )
    },
  }
}

/** Believes that two saves in a row are as good as one. */
export const savesEffectFirst = (): Behaviour =>
  overStore((store) => ({
    saveAll: async (writes) => {
      await store.saveAll(writes.slice(0, -1))
      return store.saveAll(writes.slice(-1))
    },
  }))

/** Believes the same, in the other order. */
export const savesRecordFirst = (): Behaviour =>
  overStore((store) => ({
    saveAll: async (writes) => {
      const versions = await store.saveAll(writes.slice(-1))
      await store.saveAll(writes.slice(0, -1))
      return versions
    },
  }))

/** Believes that a conflict means that somebody else has done it. */
export const swallowsConflicts = (): Behaviour => savesUnless(Conflict)

/** Believes that what is not known to have failed was saved. */
export const trustsSilence = (): Behaviour => savesUnless(Unknown)

/** Believes that what was sent needs no mark. */
export const neverMarks = (): Behaviour =>
  overStore((store) => ({
    save: (key, value, expected) =>
      placeOf(key) ? Promise.resolve(expected) : store.save(key, value, expected),
  }))

/** Believes that what was sent can be forgotten. */
export const forgetsTooSoon = (): Behaviour =>
  overStore((store) => ({
    save: async (key, value, expected) => {
      if (!placeOf(key)) return store.save(key, value, expected)
      await store.remove(key, expected)
      return absent
    },
  }))

const savesUnless = (Failure: typeof Conflict | typeof Unknown): Behaviour =>
  overStore((store) => ({
    saveAll: async (writes) => {
      try {
        return await store.saveAll(writes)
      } catch (error) {
        if (error instanceof Failure) return writes.map(() => absent)
        throw error
      }
    },
  }))

const overStore = (changes: (store: Store) => Partial<Store>): Behaviour =>
  bent((context, run) =>
    run({ ...context, store: decoratedStore(context.store, changes(context.store)) }),
  )

function bent(
  bend: (
    context: IncomingContext,
    run: (bentContext: IncomingContext) => Promise<void>,
  ) => Promise<void>,
): Behaviour {
  const { incoming } = rightOutbox()
  return {
    incoming: (context, next) =>
      bend(context, async (bentContext) => {
        await incoming?.(bentContext, next)
      }),
  }
}
