// What a handler decided, whatever it gave back. A handler that rejects, throws or gives back
// something that is no outcome failed, and its message is handed out again: it is never lost for
// it.

import type { Delivery, Handle, Outcome } from './broker.ts'

/** Longer delays are cut to this: about 24 days, the longest that a timer can wait. */
export const maxDelayMs = 2_147_483_647

/** Calls `handle`, and never rejects. */
export async function outcomeOf(handle: Handle, delivery: Delivery): Promise<Outcome> {
  try {
    return checked(await handle(delivery))
  } catch (error) {
    return failed(printed(error))
  }
}

function checked(outcome: unknown): Outcome {
  if (typeof outcome === 'object' && outcome !== null && 'kind' in outcome) {
    const { kind } = outcome
    const reason = 'reason' in outcome ? printed(outcome.reason) : 'no reason was given'
    if (kind === 'ack' || kind === 'release') return { kind }
    if (kind === 'dead-letter') return { kind, reason }
    if (kind === 'retry') {
      const delayMs = 'delayMs' in outcome ? boundedDelayMs(outcome.delayMs) : 0
      return { kind, delayMs, reason }
    }
  }
  return failed(`expected the handler to give back an outcome, got ${printed(outcome)}`)
}

function boundedDelayMs(delayMs: unknown): number {
  if (typeof delayMs !== 'number' || !(delayMs > 0)) return 0
  return Math.ceil(Math.min(delayMs, maxDelayMs))
}

function failed(reason: string): Outcome {
  return { kind: 'retry', delayMs: 0, reason }
}

function printed(value: unknown): string {
  try {
    return String(value)
  } catch {
    return 'something that cannot be printed'
  }
}
