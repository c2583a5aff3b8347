// Mistakes that a digest of states can have, each planted into a simulation from outside before it
// begins. A fuzz that does not find every one of them proves nothing about the digest as it is.

import type { Operation } from '../../operation.ts'
import { Simulation } from '../../simulation.ts'

export type Plant = (simulation: Simulation) => void

/** What is changed for a mistake: fields that nobody but a mistake would write to. */
type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

const { prototype } = Simulation

/** A process is told the same by whichever of its operations. */
const historyWithoutOperations: Plant = (simulation) => {
  simulation.fire = (option) => {
    if (option.operation) (option.operation as Writable<Operation>).id = 0
    prototype.fire.call(simulation, option)
  }
}

/** Two states are one if all that differs is what is parked in them. */
const stateWithoutOperations: Plant = (simulation) => {
  simulation.digest = () => {
    const pending = simulation.pending as Writable<Operation>[]
    const ids = pending.map(({ id }) => id)
    for (const operation of pending) operation.id = 0
    const result = prototype.digest.call(simulation)
    for (const [index, operation] of pending.entries()) operation.id = ids[index] ?? 0
    return result
  }
}

/** Two states are one if all that differs is how many faults may still happen. */
const stateWithoutBudget: Plant = ({ budget }) => {
  budget.digest = () => 0
}

/** A resource whose state is in no digest: the first that is added, which are the keys. */
const hiddenState: Plant = (simulation) => leaveOut(simulation, 1)

/** A guard that reads what is in no digest: the second that is added, which is the door. */
const hiddenGuard: Plant = (simulation) => leaveOut(simulation, 2)

function leaveOut(simulation: Simulation, number: number): void {
  let added = 0
  simulation.state = (digest) => {
    added += 1
    if (added !== number) prototype.state.call(simulation, digest)
  }
}

export const plants: Readonly<Record<string, Plant>> = {
  'histories without the ids of operations': historyWithoutOperations,
  'states without what is parked in them': stateWithoutOperations,
  'states without the faults that are left': stateWithoutBudget,
  'a resource whose state is in no digest': hiddenState,
  'a guard that reads what is in no digest': hiddenGuard,
}
