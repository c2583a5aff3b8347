// How long something is waited for, as far as this process could see it happen. A laptop that
// sleeps and a machine that stands still make nobody late: of what passes between two looks, only
// a moment counts.

import { performance } from 'node:perf_hooks'

/** What may pass between two looks and still counts whole, in milliseconds. */
const wholeMs = 100

/** Tells whether `boundMs` milliseconds are over. To be asked again and again. */
export function patience(boundMs: number, nowMs = () => performance.now()): () => boolean {
  let left = boundMs
  let lookedAtMs = nowMs()
  return () => {
    const atMs = nowMs()
    left -= Math.min(atMs - lookedAtMs, wholeMs)
    lookedAtMs = atMs
    return left <= 0
  }
}
