// A message as it becomes a dead letter: the same, with headers that say why, where and when. Every
// adapter writes these, so that whoever looks at a dead letter finds the same things.

import { header, type Headers } from '../message/index.ts'

/** Longer reasons are cut. They are read by people, and the headers have a limit. */
const maxReasonBytes = 1000

export type Death = {
  readonly queue: string
  readonly attempts: number
  readonly reason: string
  /** Where the broker has a clock of its own. */
  readonly atMs?: number
}

/** The headers that a dead letter has besides its own. */
export function deathHeaders({ queue, attempts, reason, atMs }: Death): Headers {
  return {
    [header.deadReason]: shortened(reason),
    [header.deadQueue]: queue,
    [header.deadAttempts]: String(attempts),
    ...(atMs === undefined ? {} : { [header.deadAtMs]: String(atMs) }),
  }
}

/** A reason that fits into a header. */
export function shortened(reason: string): string {
  const bytes = Buffer.from(reason.toWellFormed())
  if (bytes.length <= maxReasonBytes) return bytes.toString()
  // A character that was cut in two would show as a replacement character.
  return `${bytes
    .subarray(0, maxReasonBytes)
    .toString()
    .replace(/\uFFFD+$/, '')}...`
}
