// Waiting that always ends: in time, at a deadline, or because it is not wanted any more.

import { setTimeout as timer } from 'node:timers/promises'

/** A deadline that passed. It says nothing about whether the work still happens. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

/** What `work` gives, or a `DeadlinePassed` after `ms`. A failure of it after that is nobody's. */
export async function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  let deadline: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => {
      reject(new DeadlinePassed(`expected ${what} within ${ms} ms`))
    }, ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(deadline)
  }
}

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
