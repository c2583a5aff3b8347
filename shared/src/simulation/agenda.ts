// What can happen next: the operations that are parked, and what happens by itself. Listing it is
// the work that is done most often of all, so nothing here allocates anything.

import type { Budget } from './budget.ts'
import type { Lane } from './lane.ts'
import type { Operation } from './operation.ts'
import { type Happening, Options } from './option.ts'
import type { Process } from './process.ts'

/** The lane that ran last, as long as it may go on, and its process. */
export type Last = { lane: Lane | undefined; process: Process | undefined }

export class Agenda {
  /** Filled again for each step. One run's own: to fill an old list with young operations costs
   *  the garbage collector more than a new list. */
  readonly options = new Options()
  readonly #budget: Budget
  readonly #processes: readonly Process[]
  readonly #happenings: Happening[] = []

  constructor(budget: Budget, processes: readonly Process[]) {
    this.#budget = budget
    this.#processes = processes
  }

  /** What spends a budget that is empty from the start never happens. */
  addHappening(happening: Happening): void {
    if (happening.spends !== undefined && !this.#budget.has(happening.spends)) return
    this.#happenings.push(happening)
  }

  /** Fills `options` with what can happen next: at first what is no fault. None: the run is
   *  over. */
  enumerate(last: Last): Options {
    const { options } = this
    options.clear()
    this.#addOperations(last)
    if (this.#happenings.length > 0) this.#addHappenings(options.length > 0)
    const isOver = options.length === 0
    if (isOver) options.addNothing()
    options.free = options.length
    if (this.#budget.left > 0) this.#addFaults()
    if (isOver && options.length === 1) options.clear()
    return options
  }

  /** First what ran last, or its process where its lane has ended; then the others, in the order
   *  of the processes; for each of them, as parked. */
  #addOperations({ lane, process }: Last): void {
    const { options } = this
    for (let one = process?.parked; one !== undefined; one = one.next) {
      if (lane !== undefined && one.lane !== lane) continue
      if (isEnabled(one)) options.addOperation(one, false)
    }
    const interrupts = lane !== undefined && options.length > 0
    for (const other of this.#processes) {
      if (lane === undefined && other === process) continue
      for (let one = other.parked; one !== undefined; one = one.next) {
        if (one.lane !== lane && isEnabled(one)) options.addOperation(one, interrupts)
      }
    }
  }

  #addHappenings(isBusy: boolean): void {
    for (const happening of this.#happenings) {
      if (happening.spends !== undefined || (isBusy && !happening.isFree)) continue
      this.#addVariants(happening)
    }
  }

  #addFaults(): void {
    const { options } = this
    for (let index = 0; index < options.free; index += 1) {
      const { operation, isSwitch } = options.at(index)
      const faults = operation?.faults
      if (!operation || !faults) continue
      for (const fault of faults) {
        if (!this.#budget.has(fault.spends)) continue
        const variants = fault.variants ? fault.variants() : 1
        for (let variant = 0; variant < variants; variant += 1) {
          options.addOperation(operation, isSwitch, fault).variant = variant
        }
      }
    }
    for (const happening of this.#happenings) {
      const { spends } = happening
      if (spends !== undefined && this.#budget.has(spends)) this.#addVariants(happening)
    }
  }

  #addVariants(happening: Happening): void {
    const variants = happening.variants()
    for (let variant = 0; variant < variants; variant += 1) {
      this.options.addHappening(happening).variant = variant
    }
  }
}

const isEnabled = ({ guard }: Operation): boolean => guard === undefined || guard()
