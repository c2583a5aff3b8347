// A message as it becomes a dead letter: the same, with headers that say why, where and when.

import { header } from '../../message/index.ts'
import type { WireMessage } from '../../message/index.ts'

/** Longer reasons are cut. They are read by people, and the headers have a limit. */
const maxReasonLength = 1000

export type Death = { readonly queue: string; readonly attempts: number; readonly reason: string }

export function deadLetter(message: WireMessage, { queue, attempts, reason }: Death): WireMessage {
  const why = {
    [header.deadReason]: reason.slice(0, maxReasonLength).toWellFormed(),
    [header.deadQueue]: queue,
    [header.deadAttempts]: String(attempts),
  }
  return { ...message, headers: { ...message.headers, ...why } }
}
