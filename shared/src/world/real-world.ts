// The real world: the system's clock, random ids, timers, and coins that hash the seed, so that a
// run with the same seed tosses the same coins even where handlers run concurrently.

import { createHash, randomUUID } from 'node:crypto'
import type { World } from './world.ts'

export type RealWorldOptions = {
  /** Decides every coin. Default: a random seed. */
  readonly seed?: string
}

export function realWorld({ seed = randomUUID() }: RealWorldOptions = {}): World {
  return {
    clock: { nowMs: () => Date.now() },
    ids: { next: () => randomUUID() },
    coin: (name) => fraction(seed, name) < 0.5,
    random: (name) => fraction(seed, name),
    sleep,
    alarm,
  }
}

function alarm(ms: number, ring: () => void): () => void {
  const timer = setTimeout(ring, ms)
  return () => clearTimeout(timer)
}

/** As `setTimeout` of `node:timers/promises`, without the error that it makes for each abort. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const onAbort = (): void => {
      stop()
      reject(signal?.reason as Error)
    }
    const stop = alarm(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

function fraction(seed: string, name: string): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, name]))
    .digest()
  return digest.readUInt32BE(0) / 2 ** 32
}
