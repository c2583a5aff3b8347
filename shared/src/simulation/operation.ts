// One step on the outside world, as a resource describes it, and as the scheduler keeps it until it
// is chosen. This is the only primitive: requests, replies, crash points and reordering follow from
// one rule, namely that the effect runs at the moment when the step is chosen, all at once.

import type { Lane } from './lane.ts'

export type Access = 'read' | 'write'

/** Another outcome of the same step, which spends one of a budget of faults. */
export type Fault<T> = {
  /** The budget, as in `faults: { crashes: 1 }`. */
  readonly spends: string
  /** How many variants it has right now: 0 where it cannot happen. Default 1. */
  readonly variants?: () => number
  /** For a step that begins a lane: what that would be about. */
  readonly offers?: (variant: number) => string | undefined
  /** Runs instead of the effect. */
  readonly effect: (variant: number) => T
}

export type Step<T> = {
  /** What is done: `publish`, `load`. */
  readonly kind: string
  /** What it is done to: `store order-1`. Two steps commute unless they name the same resource and
   *  one of them writes; `*` stands for everything. */
  readonly resource: string
  readonly access: Access
  /** What it does, at the moment when it is chosen. It must not wait, and may throw: then the
   *  caller's promise is rejected. */
  readonly effect: () => T
  /** Whether it can be chosen now. It may read nothing but the resource. Default: always. */
  readonly guard?: () => boolean
  readonly faults?: readonly Fault<T>[]
  /** The lane that it belongs to, where that is known better than by whose code runs now. */
  readonly lane?: Lane
  /** The name of the lane that this step begins, where it begins one: a delivery, a call. */
  readonly opens?: (result: T) => string
  /** For such a step: what its lane would be about, if it were chosen now. */
  readonly offers?: () => string | undefined
  /** What the caller is told, as a digest. Default: `digestOf` the result. */
  readonly digest?: (result: T) => number
  /** What a trace says of it, once it has been done. */
  readonly detail?: () => unknown
  /** Whether its lane ends with it: an acknowledgement, an answer. Default false. */
  readonly closes?: boolean
  /** For a step that waits for work rather than for an answer: a process may rest in it when the
   *  run ends. Default false. */
  readonly idle?: boolean
}

/** A step that waits to be chosen. */
export type Operation = {
  readonly step: Step<unknown>
  /** Taken out of the step once: they are asked for again and again, and steps differ in shape. */
  readonly guard: (() => boolean) | undefined
  readonly faults: readonly Fault<unknown>[] | undefined
  readonly lane: Lane
  /** Unique within a run, and the same in every run that reaches it by the same history. */
  readonly id: number
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  /** For strategies that give each operation a priority: a small integer, or -1 for none yet. A
   *  field that held fractions in some runs only would slow down all that come after. */
  priority: number
  /** The next one that its process has parked. */
  next: Operation | undefined
  /** Where it was called from; only in a run that is traced. */
  readonly stack: string | undefined
}

/** Whether the order of two operations can matter. */
export function dependent(a: Operation, b: Operation): boolean {
  if (a.lane.process === b.lane.process) return true
  const [one, other] = [a.step, b.step]
  if (one.resource === '*' || other.resource === '*') return true
  return one.resource === other.resource && (one.access === 'write' || other.access === 'write')
}
