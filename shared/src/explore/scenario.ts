// A scenario: one schedule, told as a story. Each act names a message by its id, and says how far
// its handling gets, or that the process that handles it dies:
//
//     [run('porsche', { until: 'save' }), crash('porsche'), run('sledge'), run('porsche')]

import type { Act } from '../simulation/index.ts'

export type Scenario = readonly Act[]

/** What a delivery does, from its first step to its last. A `saveAll` is a save, too, and a `send`
 *  is a publish. */
export type StepKind = 'receive' | 'load' | 'save' | 'publish' | 'ack'

export type RunOptions = {
  /** Stops after the next step of this kind; the same message may be run again from there. Without
   *  it the delivery goes on to its end. */
  readonly until?: StepKind
}

/** A message is handled: from where its handling stands or, where it has not begun or was ended by
 *  a crash, from the beginning. A message that waits behind others overtakes them only where
 *  `faults` say that there may be `reorderings`. */
export const run = (message: string, { until }: RunOptions = {}): Act =>
  until === undefined ? { kind: 'run', about: message } : { kind: 'run', about: message, until }

/** The process that handles this message dies; another one starts. Spends one of `crashes`. */
export const crash = (message: string): Act => ({ kind: 'crash', about: message })
