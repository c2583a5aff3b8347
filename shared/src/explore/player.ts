// What plays a specification, where somebody outside has asked for that instead of exploring it.

import { play } from './play.ts'
import { worldVariable } from './replay-line.ts'
import type { Specification } from './specification.ts'

export type Play = (specification: Specification) => Promise<void>

/** What such a module exports. */
type Player = {
  readonly play: Play
  /** Is told what was not played at all, in words for people. */
  readonly leaveOut?: (what: string) => void
}

/** The environment says `sqlite`, or the URL of a module that exports a `Play` called `play`.
 *  Undefined where it says nothing. */
export function playAskedFor(): Play | undefined {
  const wanted = process.env[worldVariable]
  if (wanted === undefined || wanted === '') return undefined
  if (wanted === 'sqlite') return play
  return async (specification) => {
    const module: Player = await import(wanted)
    await module.play(specification)
  }
}

/** Whether somebody outside has asked for real adapters: then `what`, which needs a simulated
 *  world, is left out, and whoever plays is told so. */
export async function leavesOut(what: string): Promise<boolean> {
  const wanted = process.env[worldVariable] ?? ''
  if (wanted === '') return false
  if (wanted === 'sqlite') return true
  const module: Player = await import(wanted)
  module.leaveOut?.(what)
  return true
}
