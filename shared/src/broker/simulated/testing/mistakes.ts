// Queues with one mistake each, and the meaning that it breaks. A meaning that no mistake breaks
// says nothing.

import { vi } from 'vitest'
import type { Copy } from '../copy.ts'
import { SimulatedQueue } from '../queue.ts'

type Method = 'handOut' | 'settle' | 'storeAgain' | 'takeBack'

/** What stands in for a method: made of the queue, and of the method as it was. */
export type Wrong<Name extends Method = Method> = (
  queue: SimulatedQueue,
  right: SimulatedQueue[Name],
) => SimulatedQueue[Name]

export type Mistake = {
  /** What the queue does wrong. */
  readonly does: string
  /** A part of the title of the meaning that it breaks. */
  readonly breaks: string
  readonly method: Method
  readonly wrong: Wrong
}

function mistake<Name extends Method>(
  words: Pick<Mistake, 'does' | 'breaks'>,
  method: Name,
  wrong: Wrong<Name>,
): Mistake {
  // It is only ever put in the place of the method whose name stands beside it.
  return { ...words, method, wrong: wrong as unknown as Wrong }
}

/** What waits, to be put into disorder. */
const waitingIn = (queue: SimulatedQueue): Copy[] => queue.waiting as Copy[]

export const mistakes: readonly Mistake[] = [
  mistake(
    { does: 'puts what a crash interrupts at the end', breaks: 'a crash interrupts is next' },
    'takeBack',
    (queue, right) => (lanes, reason) => {
      const waiting = waitingIn(queue)
      const before = waiting.length
      right(lanes, reason)
      waiting.push(...waiting.splice(0, waiting.length - before))
    },
  ),
  mistake(
    { does: 'does not count what a crash interrupts', breaks: 'a crash interrupts is next' },
    'takeBack',
    (_queue, right) => (lanes) => right(lanes),
  ),
  mistake(
    { does: 'gives back in the reverse order', breaks: 'in the order in which it was handed out' },
    'takeBack',
    (queue, right) => (lanes, reason) => {
      for (const lane of queue.inFlight.keys()) if (lanes.has(lane)) right(new Set([lane]), reason)
    },
  ),
  mistake(
    { does: 'takes no dead letter for what is lost too often', breaks: 'at the delivery limit' },
    'takeBack',
    (queue, right) => (lanes, reason) => {
      for (const lane of lanes) queue.settle(lane, { kind: 'release' })
      right(lanes, reason)
    },
  ),
  mistake(
    { does: 'puts a retry at the end', breaks: 'retried at once is next' },
    'settle',
    (queue, right) => (lane, outcome) => {
      const settled = right(lane, outcome)
      const waiting = waitingIn(queue)
      if (settled === 'retried') waiting.push(...waiting.splice(0, 1))
      return settled
    },
  ),
  mistake(
    { does: 'counts a release as a failure', breaks: 'released is next, and not counted' },
    'settle',
    (_queue, right) => (lane, outcome) => {
      const isRelease = outcome.kind === 'release'
      return right(lane, isRelease ? { kind: 'retry', delayMs: 0, reason: 'released' } : outcome)
    },
  ),
  mistake(
    { does: 'lets a handler settle what was taken from it', breaks: 'first handler did is lost' },
    'settle',
    (queue, right) => (lane, outcome) => {
      const settled = right(lane, outcome)
      if (settled !== 'lost') return settled
      const waiting = waitingIn(queue)
      const index = waiting.findIndex(({ name }) => lane.startsWith(`${name}#`))
      if (index >= 0) waiting.splice(index, 1)
      return 'acked'
    },
  ),
  mistake(
    { does: 'gives a copy the attempts of its original', breaks: 'a copy knows nothing' },
    'storeAgain',
    (queue, right) => (where, copy) => {
      right(where, copy)
      waitingIn(queue).splice(where === 'head' ? 0 : -1, 1, copy)
    },
  ),
  mistake(
    { does: 'puts a duplicate at the end', breaks: 'a duplicate is handed out right after' },
    'storeAgain',
    (_queue, right) => (_where, copy) => right('end', copy),
  ),
  mistake(
    { does: 'puts a late copy at the head', breaks: 'a late copy is of a message' },
    'storeAgain',
    (_queue, right) => (_where, copy) => right('head', copy),
  ),
  mistake(
    {
      does: 'hands out the first, whatever was asked for',
      breaks: 'a reordering lets one message',
    },
    'handOut',
    (_queue, right) => () => right(),
  ),
]

/** Makes every queue do it wrong, until `vi.restoreAllMocks()`. */
export function plant({ method, wrong }: Mistake): void {
  const right: (...given: never[]) => unknown = SimulatedQueue.prototype[method]
  const replaced = vi.spyOn(SimulatedQueue.prototype, method) as ReturnType<typeof vi.fn>
  replaced.mockImplementation(function (this: SimulatedQueue, ...given: never[]) {
    const instead: (...given: never[]) => unknown = wrong(this, right.bind(this))
    return instead(...given)
  })
}
