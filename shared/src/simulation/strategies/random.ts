// A random walk: any of the steps that are no faults, and with a given probability a fault.

import type { Strategy } from '../strategy.ts'

export type RandomOptions = {
  readonly random: () => number
  /** How likely a fault is, at each choice where one can happen. Default 0.1. */
  readonly faultProbability?: number
}

export function randomWalk({ random, faultProbability = 0.1 }: RandomOptions): Strategy {
  return {
    begin: () => undefined,
    choose: (_simulation, { length, free }) => {
      const faults = length - free
      if (faults > 0 && random() < faultProbability) return free + Math.floor(random() * faults)
      return Math.floor(random() * free)
    },
  }
}
