// Drives an exploration: in slices of real time, between which the rest of the program gets its
// turn, with everything that a slice takes over given back at the end of it.

import { performance } from 'node:perf_hooks'
import { Drain, inTurn } from './drain.ts'
import { hearConsole } from './logged.ts'
import type { Pause } from './run.ts'
import { refuseRealTime, type Report } from './real-time.ts'
import { watched } from './watchdog.ts'

/** Long enough that taking over costs nothing, short enough that a key press is answered. */
const sliceMs = 50
const now = performance.now.bind(performance)

export type DriveLimits = {
  /** A part that takes longer than this many milliseconds counts as one that never gives control
   *  back, and is ended from outside. Infinity: none is. Default 1000. */
  readonly limitMs?: number
}

export type DriveOptions = DriveLimits & {
  /** Is told of each call of real time, timers or randomness. */
  readonly onRealTime: Report
  /** Is told what is written to the console. Default: nobody is. */
  readonly onLog?: (text: string) => void
  /** How promises are drained; undefined where that has to be left to the event loop. */
  readonly drain: Drain | undefined
}

/** Where promises can be drained synchronously, what does it. */
export function findDrain(): Promise<Drain | undefined> {
  return inTurn(() => {
    const drain = new Drain()
    drain.install()
    try {
      return drain.canary() ? drain : undefined
    } finally {
      drain.uninstall()
    }
  })
}

/** Runs `work` to its end. Throws `Hangs` when a part of it never gives control back. */
export async function drive<T>(
  work: Generator<Pause | undefined, T>,
  { onRealTime, onLog = () => undefined, drain, limitMs = 1000 }: DriveOptions,
): Promise<T> {
  const slice = (): IteratorResult<Pause | undefined, T> => {
    const endMs = now() + sliceMs
    for (;;) {
      const next = work.next()
      if (next.done || next.value === 'wait' || now() > endMs) return next
    }
  }
  const turn = (): IteratorResult<Pause | undefined, T> => {
    const allow = refuseRealTime(onRealTime)
    const release = hearConsole(onLog)
    const { stackTraceLimit } = Error
    drain?.install()
    try {
      return limitMs < Infinity ? watched(slice, limitMs) : slice()
    } finally {
      drain?.uninstall()
      Error.stackTraceLimit = stackTraceLimit
      release()
      allow()
    }
  }
  for (;;) {
    const next = await inTurn(turn)
    if (next.done) return next.value
  }
}
