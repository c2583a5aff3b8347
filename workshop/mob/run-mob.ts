// Lets a mob take turns: looks at the clock each second, hears keys, and tells what happens. It
// ends when the timer does, after eight hours at the latest.

import type { MobPlan } from './plan.ts'
import { type MobEvent, MobTimer, type Turn } from './timer.ts'

export type MobRoom = {
  readonly nowMs: () => number
  /** Resolves after `ms`, or as soon as `signal` is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Calls back for each key; the returned function ends that. */
  readonly onKey: (listener: (key: string) => void) => () => void
  readonly tell: (event: MobEvent) => Promise<void>
  /** Shows how much is left. */
  readonly show: (turn: Turn) => void
}

const tickMs = 1000

export async function runMob(plan: MobPlan, room: MobRoom): Promise<void> {
  const { nowMs, sleep, onKey, tell, show } = room
  const timer = new MobTimer(plan, nowMs())
  const pressed: MobEvent[] = []
  let waiting = new AbortController()
  const endKeys = onKey((key) => {
    pressed.push(...timer.press(key, nowMs()))
    waiting.abort()
  })
  try {
    await tell({ type: 'turn', turn: timer.turn(nowMs()), isHandOver: false })
    while (!timer.isEnded) {
      show(timer.turn(nowMs()))
      await sleep(tickMs, waiting.signal)
      waiting = new AbortController()
      for (const event of [...pressed.splice(0), ...timer.advance(nowMs())]) await tell(event)
    }
    for (const event of pressed.splice(0)) await tell(event)
  } finally {
    endKeys()
  }
}
