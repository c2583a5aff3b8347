// The relay of a process: one pass after another, beside its endpoints. It does not starve them: it
// sends one message at a time, at most `batch` records for each `everyMs`, and leaves young ones to
// those who work on them. Any number of processes may have one; what two of them send at the same
// time is sent twice, with the same id and the same bytes.

import { type Background, startBackground } from '../inbox/index.ts'
import { realWorld, type World } from '../world/index.ts'
import { relayPass, type RelayPassOptions } from './relay-pass.ts'

export type RelayOptions = Omit<RelayPassOptions, 'clock' | 'signal' | 'stuck'> & {
  /** The mean pause between two passes, in milliseconds. Default 1000. */
  readonly everyMs?: number
  readonly world?: World
}

/** Starts at once: `await using relay = startRelay({ store, broker })`. Stop it before the broker
 *  and the store. */
export function startRelay({
  everyMs = 1000,
  world = realWorld(),
  ...options
}: RelayOptions): Background {
  let stuck = 0
  return startBackground({
    name: 'relay',
    everyMs,
    world,
    ...(options.log ? { log: options.log } : {}),
    pass: async (signal) => {
      stuck = await relayPass({ ...options, clock: world.clock, stuck, signal })
    },
  })
}
