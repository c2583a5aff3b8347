// What can happen next: the operations that are parked, and what happens by itself. Listing it is
// the work that is done most often of all, so nothing here allocates anything.

import type { Budget } from './budget.ts'
import type { Lane } from './lane.ts'
import type { Operation } from './operation.ts'
import type { Happening, Options } from './option.ts'
import type { Process } from './process.ts'

/** The lane that ran last, as long as it may go on, and its process. */
export type Last = { lane: Lane | undefined; process: Process | undefined }

export class Agenda {
  readonly options: Options
  readonly #budget: Budget
  readonly #pending: Operation[] = []
  readonly #happenings: Happening[] = []

  constructor(options: Options, budget: Budget) {
    this.options = options
    this.#budget = budget
  }

  /** What is parked, in the order of the processes; for each of them, as parked. */
  get pending(): readonly Operation[] {
    return this.#pending
  }

  /** What spends a budget that is empty from the start never happens. */
  addHappening(happening: Happening): void {
    if (happening.spends !== undefined && !this.#budget.has(happening.spends)) return
    this.#happenings.push(happening)
  }

  /** Drops all that `process` has parked. */
  drop(process: Process): void {
    for (let index = this.#pending.length - 1; index >= 0; index -= 1) {
      if (this.#pending[index]?.lane.process === process) this.#pending.splice(index, 1)
    }
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

  /** In the order of the processes; for each of them, as parked. */
  park(operation: Operation): void {
    const pending = this.#pending
    const { index: process } = operation.lane.process
    let index = pending.length
    for (; index > 0; index -= 1) {
      const before = pending[index - 1] as Operation
      if (before.lane.process.index <= process) break
      pending[index] = before
    }
    pending[index] = operation
  }

  /** Keeps the order of the others. */
  remove(operation: Operation): void {
    const pending = this.#pending
    for (let index = pending.indexOf(operation); index < pending.length - 1; index += 1) {
      pending[index] = pending[index + 1] as Operation
    }
    pending.pop()
  }

  /** First what ran last, or its process where its lane has ended; then the others, in order. */
  #addOperations({ lane, process }: Last): void {
    const pending = this.#pending
    const { options } = this
    for (let index = 0; index < pending.length; index += 1) {
      const operation = pending[index] as Operation
      if (lane ? operation.lane !== lane : operation.lane.process !== process) continue
      if (isEnabled(operation)) options.addOperation(operation, false)
    }
    const interrupts = lane !== undefined && options.length > 0
    for (let index = 0; index < pending.length; index += 1) {
      const operation = pending[index] as Operation
      if (lane ? operation.lane === lane : operation.lane.process === process) continue
      if (isEnabled(operation)) options.addOperation(operation, interrupts)
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
