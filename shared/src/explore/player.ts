// What plays a specification, where somebody outside has asked for that instead of exploring it.

import { play } from './play.ts'
import { worldVariable } from './replay-line.ts'
import type { Specification } from './specification.ts'

export type Play = (specification: Specification) => Promise<void>

/** The environment says `sqlite`, or the URL of a module that exports a `Play` called `play`.
 *  Undefined where it says nothing. */
export function playAskedFor(): Play | undefined {
  const wanted = process.env[worldVariable]
  if (wanted === undefined || wanted === '') return undefined
  if (wanted === 'sqlite') return play
  return async (specification) => {
    const module: { readonly play: Play } = await import(wanted)
    await module.play(specification)
  }
}
