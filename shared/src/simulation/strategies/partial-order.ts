// POS: each operation gets a random priority when it is first seen, and whoever races with the one
// that was taken gets a new one. It samples partial orders rather than interleavings, and so finds
// what needs one lane to starve. Source: Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling,
// CAV 2018.

import { dependent } from '../operation.ts'
import type { RandomOptions } from './random.ts'
import type { Strategy } from '../strategy.ts'

export function partialOrderSampling({ random, faultProbability = 0.1 }: RandomOptions): Strategy {
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
        const priority = operation ? priorityOf(operation, random) : random()
        if (priority > highest) [best, highest] = [index, priority]
      }
      const taken = options.at(best).operation
      if (!taken) return best
      for (const other of simulation.pending) {
        if (other.lane.process !== taken.lane.process && dependent(other, taken))
          other.priority = -1
      }
      return best
    },
  }
}

function priorityOf(operation: { priority: number }, random: () => number): number {
  if (operation.priority < 0) operation.priority = random()
  return operation.priority
}
