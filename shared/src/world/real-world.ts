// The real world: the system's clock, random ids, timers, and coins that hash the seed, so that a
// run with the same seed tosses the same coins even where handlers run concurrently.

import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as timer } from 'node:timers/promises'
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
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      try {
        await timer(ms, undefined, signal ? { signal } : {})
      } catch (error) {
        throw signal?.aborted ? signal.reason : error
      }
    },
  }
}

function fraction(seed: string, name: string): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, name]))
    .digest()
  return digest.readUInt32BE(0) / 2 ** 32
}
