// Waiting that ends early where it is not wanted any more.

import { setTimeout as timer } from 'node:timers/promises'

/** Resolves after `ms`, or at once when `signal` is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  try {
    await timer(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Resolves once `signal` is aborted, and cleans up after itself when `until` settles first. */
export async function orAborted(until: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  let onAbort: (() => void) | undefined
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    await Promise.race([until, aborted])
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}
