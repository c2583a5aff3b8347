// What an exercise's test says: who takes part, what they are given, what may go wrong, and what
// must hold at the end. It is data, so that the same specification can be run in several ways.

import type { Verdict, View } from '../check/index.ts'
import type { Outgoing } from '../message/index.ts'
import type { Handler } from '../pipeline/index.ts'

export type Faults = {
  /** How many more times each given message arrives, right after its original. Default 0. */
  readonly duplicates?: number
}

export type Specification = {
  /** The handlers of each endpoint, by its name. */
  readonly endpoints: Readonly<Record<string, readonly Handler[]>>
  /** What is sent, in order. */
  readonly given: readonly Outgoing[]
  readonly faults?: Faults
  /** All given messages are handled at the same moment: each has loaded before any of them saves.
   *  Default: one after another. */
  readonly atOnce?: boolean
  /** What must hold when nothing is left to do. The first violation is the one reported. */
  readonly finally: (end: View) => readonly Verdict[]
}
