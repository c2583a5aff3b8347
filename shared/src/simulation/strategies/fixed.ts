// Follows a list of choices, and goes on without faults where it ends. A choice that is too large
// for where it is made counts as the last one there, so that any list is a schedule.

import type { Strategy } from '../strategy.ts'

export function fixed(choices: readonly number[]): Strategy {
  let position = 0
  return {
    begin: () => {
      position = 0
    },
    choose: (_simulation, { length }) => {
      position += 1
      return Math.min(choices[position - 1] ?? 0, length - 1)
    },
  }
}
