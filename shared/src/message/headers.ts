// The headers that every message carries, and how they pass from a cause to what it caused.
// A conversation is everything that one first message set off; a correlation is what the sender
// wants to recognise answers by. Both start as the id of the first message.

import type { Headers } from './message.ts'

export const header = {
  correlationId: 'correlationId',
  causationId: 'causationId',
  conversationId: 'conversationId',
  /** On a dead letter: why it is one, where it was, and how often it had been handed out. */
  deadReason: 'deadReason',
  deadQueue: 'deadQueue',
  deadAttempts: 'deadAttempts',
  /** When it became one, in milliseconds since the epoch; not everywhere known. */
  deadAtMs: 'deadAtMs',
} as const

/** The headers of a message with the id `id` that was caused by `cause`, or by nobody. */
export function causalHeaders(
  id: string,
  cause?: { readonly id: string; readonly headers: Headers },
): Headers {
  return {
    ...(cause ? { [header.causationId]: cause.id } : {}),
    [header.conversationId]: cause?.headers[header.conversationId] ?? cause?.id ?? id,
    [header.correlationId]: cause?.headers[header.correlationId] ?? cause?.id ?? id,
  }
}

/** `headers` as they were before the message became a dead letter: what a replay sends. */
export function withoutDeadLetterHeaders(headers: Headers): Headers {
  const { deadReason: _reason, deadQueue: _queue, deadAttempts: _attempts, ...rest } = headers
  const { deadAtMs: _atMs, ...own } = rest
  return own
}
