// An alarm in any world: by its sleep, where it has no quicker one.

import type { Alarm, World } from './world.ts'

const stopped = 'the alarm was stopped'

export function alarmIn(world: Pick<World, 'sleep' | 'alarm'>): Alarm {
  return world.alarm ?? ((ms, ring) => bySleep(world, ms, ring))
}

function bySleep(world: Pick<World, 'sleep'>, ms: number, ring: () => void): () => void {
  const stop = new AbortController()
  void world.sleep(ms, stop.signal).then(ring, () => undefined)
  // A reason of its own: to make the usual one costs more than the rest.
  return () => stop.abort(stopped)
}
