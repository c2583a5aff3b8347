// What a handler answered, when it is an outcome at all: untyped callers exist, and a message must not
// be lost for it.

import type { Outcome } from '../broker.ts'

/** `value` as an outcome. Throws a TypeError that says what it was instead. */
export function asOutcome(value: unknown): Outcome {
  if (typeof value === 'object' && value !== null && 'kind' in value) {
    const { kind } = value
    if (kind === 'ack' || kind === 'release') return { kind }
    const reason = 'reason' in value && typeof value.reason === 'string' ? value.reason : ''
    if (kind === 'dead-letter') return { kind, reason }
    if (kind === 'retry') return { kind, reason, delayMs: delayOf(value) }
  }
  throw new TypeError('expected the handler to resolve with an outcome, got something else')
}

/** A delay that is no time means at once: a message must come again, not wait for ever. */
function delayOf(value: object): number {
  if (!('delayMs' in value) || typeof value.delayMs !== 'number') return 0
  return Number.isFinite(value.delayMs) && value.delayMs > 0 ? value.delayMs : 0
}
