// The worlds of those who take part in a play: real time for whoever waits, and ids, coins and a
// clock that are the same when the same thing is played again.

import { realWorld, type World } from '../world/index.ts'

/** For each name a world. They share a clock that begins at `startMs`, and shows when the last one
 *  woke who has slept since. */
export function playedWorlds(startMs: number): (name: string) => World {
  let nowMs = startMs
  const real = realWorld({ seed: 'play' })
  const sleep: World['sleep'] = async (ms, signal) => {
    const wakesAtMs = nowMs + ms
    await real.sleep(ms, signal)
    nowMs = Math.max(nowMs, wakesAtMs)
  }
  return (name) => {
    let made = 0
    const ids = { next: () => `${name}.${(made += 1)}` }
    return { ...real, clock: { nowMs: () => nowMs }, ids, sleep }
  }
}
