// POS: each operation gets a random priority when it is first seen, and whoever races with the one
// that was taken gets a new one. It samples partial orders rather than interleavings, and so finds
// what needs one lane to starve. Source: Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling,
// CAV 2018.

import { dependent, type Operation } from '../operation.ts'
import type { Process } from '../process.ts'
import type { RandomOptions } from './random.ts'
import type { Strategy } from '../strategy.ts'

export function partialOrderSampling({ random, faultProbability = 0.1 }: RandomOptions): Strategy {
  const draw = (): number => Math.floor(random() * 2 ** 30)
  return {
    begin: () => undefined,
    choose: (simulation, options) => {
      const { length, free } = options
      if (length > free && random() < faultProbability) {
        return free + Math.floor(random() * (length - free))
      }
      let best = 0
      let highest = -1
      for (let index = 0; index < free; index += 1) {
        const { operation } = options.at(index)
        // What happens by itself takes part as well.
        const priority = operation ? priorityOf(operation, draw) : draw()
        if (priority > highest) [best, highest] = [index, priority]
      }
      const taken = options.at(best).operation
      if (!taken) return best
      for (const process of simulation.processes) {
        if (process !== taken.lane.process) redraw(process, taken)
      }
      return best
    },
  }
}

function priorityOf(operation: Operation, draw: () => number): number {
  if (operation.priority < 0) operation.priority = draw()
  return operation.priority
}

/** Gives new priorities to those that race with `taken`. */
function redraw({ parked }: Process, taken: Operation): void {
  for (let one = parked; one !== undefined; one = one.next) {
    if (dependent(one, taken)) one.priority = -1
  }
}
