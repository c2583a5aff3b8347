// What becomes of deliveries, told to whoever watches an endpoint: also of those that reach no
// handler, of those that are given back, and of those that are settled too late.
//
// It is the broker that says what became of a delivery, and not the handler: a retry too many is a
// dead letter, and an acknowledgement may come too late.

import type { ConsumeOptions, Delivery, Handle, Outcome, Settled } from '../broker/index.ts'
import type { Clock } from '../world/index.ts'
import { Bag, bagKey } from './bag.ts'
import type { Log } from './context.ts'

/** How a delivery ends: in one of these ways. */
export type EndingKind = 'handled' | 'duplicate' | 'retried' | 'released' | 'deadLettered' | 'lost'

export type Ending = {
  /** `duplicate`: acknowledged, as an inbox or an outbox found that its effect had been saved
   *  before, and not by this delivery. A handler that deduplicates by itself has handled it.
   *  `lost`: settled too late; the broker hands it out again. */
  readonly kind: EndingKind
  /** Why it was retried or dead-lettered. */
  readonly reason?: string
}

export type Watched = { readonly endpoint: string; readonly clock: Clock; readonly log: Log }

/** Called when an endpoint starts; then when a delivery begins, before anything of it is read; then
 *  once that has ended. None of the three may throw, and nobody waits for them. */
export type Watch = (endpoint: Watched) => (delivery: Delivery) => (ending: Ending) => void

/** Where what saves an effect once says whether it did, or found that it had been done. */
export const effectOf = bagKey<(effect: 'saved' | 'found') => void>('effect', () => undefined)

export type Receive = (delivery: Delivery, bag: Bag) => Promise<Outcome>

type Watching = { readonly handle: Handle; readonly onSettled?: ConsumeOptions['onSettled'] }

/** `receive`, with `watches` around each delivery. */
export function watched(receive: Receive, watches: readonly Watch[], endpoint: Watched): Watching {
  const empty = new Bag()
  if (watches.length === 0) return { handle: (delivery) => receive(delivery, empty) }
  const begins = watches.map((watch) => watch(endpoint))
  /** As many as are in flight: the broker settles each. */
  const open = new Map<Delivery, (settled: Settled) => void>()
  return {
    handle: async (delivery) => {
      const ends = begins.map((begin) => begin(delivery))
      let effect: 'saved' | 'found' | undefined
      let outcome: Outcome | undefined
      open.set(delivery, (settled) => {
        const ending = endingOf(settled, { isDuplicate: effect === 'found', outcome })
        for (const end of ends) end(ending)
      })
      const report = (reported: 'saved' | 'found'): void => {
        // What it saved itself, it finds when it runs again: that makes it no duplicate.
        if (effect !== 'saved') effect = reported
      }
      outcome = await receive(delivery, new Bag(new Map([[effectOf, report]])))
      return outcome
    },
    onSettled: (delivery, settled) => {
      open.get(delivery)?.(settled)
      open.delete(delivery)
    },
  }
}

type Known = { readonly isDuplicate: boolean; readonly outcome: Outcome | undefined }

function endingOf(settled: Settled, { isDuplicate, outcome }: Known): Ending {
  if (settled === 'acked') return { kind: isDuplicate ? 'duplicate' : 'handled' }
  const isFailure = settled === 'retried' || settled === 'deadLettered'
  if (!isFailure || outcome === undefined || !('reason' in outcome)) return { kind: settled }
  return { kind: settled, reason: outcome.reason }
}
