// Work that a process does again and again beside its messages: one pass, a pause, the next pass.
// It stops for no failure: the pass after it tries again. Passes never overlap.

import { type Log, reasonOf, silent } from '../pipeline/index.ts'
import type { World } from '../world/index.ts'

export type BackgroundOptions = {
  /** For the log. */
  readonly name: string
  /** Does a bounded amount of work. Should end soon after the signal is aborted. */
  readonly pass: (signal: AbortSignal) => Promise<void>
  /** The mean pause between two passes, in milliseconds. Each lasts from half to one and a half
   *  times as long, so that processes that started together do not stay in step. */
  readonly everyMs: number
  readonly world: World
  readonly log?: Log
}

export interface Background extends AsyncDisposable {
  /** Waits for the pass that goes on. Twice is once. */
  stop(): Promise<void>
}

export function startBackground(options: BackgroundOptions): Background {
  const stopping = new AbortController()
  const running = run(options, stopping.signal)
  const stop = (): Promise<void> => {
    stopping.abort(new Error(`${options.name} stops`))
    return running
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

async function run(options: BackgroundOptions, signal: AbortSignal): Promise<void> {
  const { name, pass, everyMs, world, log = silent } = options
  for (let round = 1; !signal.aborted; round += 1) {
    try {
      await pass(signal)
    } catch (error) {
      log.warn({ error: reasonOf(error) }, `${name}: a pass failed, the next one tries again`)
    }
    const pauseMs = everyMs * (0.5 + world.random(`${name}-${round}`))
    const isOver = await world.sleep(pauseMs, signal).then(
      () => false,
      () => true,
    )
    if (isOver) return
  }
}
