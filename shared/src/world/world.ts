// What a process may ask of the world it runs in. Everything that is not a message or a stored
// entity (time, randomness, fresh ids, waiting) comes from here and from nowhere else, so that the
// same code runs in the real world and, unchanged, in a simulated one.
//
// It does not promise that clocks of two processes agree, nor that a clock never goes back.

export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number
}

export interface Ids {
  /** A fresh id that no other call, process or restart returns. At most 64 characters. */
  next(): string
}

export type Alarm = (ms: number, ring: () => void) => () => void

export interface World {
  readonly clock: Clock
  readonly ids: Ids
  /** Resolves after `ms` milliseconds; rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `ring` after `ms` milliseconds, unless what it gives is called before. For what is set for
   *  each message and hardly ever rings, where a sleep costs too much. Default: by `sleep`. */
  readonly alarm?: Alarm
  /** A choice named `name`: the same seed and name give the same side, in any order of calls.
   *  A simulated world tries both sides. */
  coin(name: string): boolean
  /** A number in [0, 1) named `name`, decided like a coin; a simulated world tries one only. */
  random(name: string): number
}
