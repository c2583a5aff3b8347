// What can happen to a queue by itself, each spending one of a budget of faults: a late copy, and a
// lease that expires.

import type { Happening, Simulation } from '../../simulation/index.ts'
import { attemptOf } from './copy.ts'
import { type BrokerDetail, shown } from './detail.ts'
import type { SimulatedQueue } from './queue.ts'

export function addHappenings(simulation: Simulation, queue: SimulatedQueue): void {
  simulation.happening(lateCopy(queue))
  simulation.happening(leaseExpiry(queue))
}

/** A message that was handed out before is in the queue once more, as if it had been published
 *  again. */
function lateCopy(queue: SimulatedQueue): Happening {
  let detail: BrokerDetail | undefined
  return {
    kind: 'late copy',
    resource: queue.resource,
    spends: 'lateCopies',
    variants: () => queue.handedOut.size,
    effect: (variant) => {
      const copy = nth(queue.handedOut.values(), variant)
      queue.storeAgain('end', copy)
      detail = { step: 'late copy', message: shown(copy.message), queue: queue.name }
    },
    detail: () => detail,
  }
}

/** The broker hands out again what is in flight. Its first handler goes on and does not notice:
 *  whatever it decides comes too late. Right before its acknowledgement, that is a lost ack. */
function leaseExpiry(queue: SimulatedQueue): Happening {
  let detail: BrokerDetail | undefined
  return {
    kind: 'lease expires',
    resource: queue.resource,
    spends: 'expiredLeases',
    variants: () => queue.inFlight.size,
    effect: (variant) => {
      const [lane, copy] = nth(queue.inFlight, variant)
      const attempt = attemptOf(copy)
      queue.takeBack(new Set([lane]), `its lease expired at attempt ${attempt}`)
      const message = shown(copy.message)
      detail = { step: 'lease expires', message, queue: queue.name, lane, attempt }
    },
    detail: () => detail,
  }
}

function nth<T>(all: Iterable<T>, index: number): T {
  const [found] = [...all].slice(index)
  if (found === undefined) throw new RangeError(`expected at least ${index + 1}, got fewer`)
  return found
}
