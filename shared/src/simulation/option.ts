// What can happen next, one entry each: an operation, one of its faults, something that the
// environment does, or the end of the run. A list of them is filled again before each choice.

import type { Fault, Operation, Step } from './operation.ts'
import type { Process } from './process.ts'

/** Something that happens by itself: a crash, a late copy, time going by. */
export type Happening = {
  readonly kind: string
  readonly resource: string
  /** The budget that it spends. Without one it is no fault. */
  readonly spends?: string
  /** For what is no fault: whether it may happen at any time, or only when nothing else can.
   *  Default false. */
  readonly isFree?: boolean
  /** In how many ways it can happen now. */
  readonly variants: () => number
  readonly effect: (variant: number) => void
  readonly detail?: () => unknown
  /** Whom it happens to. */
  readonly process?: Process
}

export class Option {
  operation: Operation | undefined
  fault: Fault<unknown> | undefined
  happening: Happening | undefined
  variant = 0
  /** Whether it interrupts a lane that could go on. */
  isSwitch = false
  /** For a choice in the middle of a step, such as a coin: what it is about. */
  coin: string | undefined
  /** The budget that it spends: what spends is a fault. */
  spends: string | undefined

  /** Whether it is no more than an operation as it was meant: most are, and need no clearing. */
  isPlain = true

  clear(): void {
    this.fault = undefined
    this.happening = undefined
    this.coin = undefined
    this.spends = undefined
    this.variant = 0
    this.isPlain = true
  }

  /** What it is, in words that do not depend on when it happens. */
  get label(): string {
    const { operation, happening, variant } = this
    if (this.coin) return `coin ${this.coin}`
    const step: Pick<Step<unknown>, 'kind' | 'resource'> | undefined = operation?.step ?? happening
    if (!step) return 'finish'
    const who = operation?.lane.name ?? happening?.process?.name
    const how = this.spends === undefined ? '' : ` !${this.spends}${variant > 0 ? variant + 1 : ''}`
    return `${who === undefined ? '' : `${who}: `}${step.kind} ${step.resource}${how}`
  }
}

/** A list that keeps its entries, so that filling it again allocates nothing. */
export class Options {
  length = 0
  /** How many of them are no faults; they come first. */
  free = 0
  readonly #entries: Option[] = []

  clear(): void {
    this.length = 0
    this.free = 0
  }

  /** `operation` as it was meant, or with a fault. */
  addOperation(operation: Operation, isSwitch: boolean, fault?: Fault<unknown>): Option {
    const option = this.#add()
    option.operation = operation
    option.isSwitch = isSwitch
    if (fault) {
      option.isPlain = false
      option.fault = fault
      option.spends = fault.spends
    }
    return option
  }

  addHappening(happening: Happening): Option {
    const option = this.#add()
    option.isPlain = false
    option.happening = happening
    option.spends = happening.spends
    return option
  }

  /** That the coin falls on heads. */
  addCoin(coin: string): Option {
    const option = this.#add()
    option.isPlain = false
    option.coin = coin
    option.spends = 'coins'
    return option
  }

  /** That nothing happens any more; or that a coin falls on tails. */
  addNothing(): Option {
    return this.#add()
  }

  at(index: number): Option {
    const option = this.#entries[index]
    if (option === undefined || index >= this.length) {
      throw new RangeError(`expected one of ${this.length} options, got number ${index}`)
    }
    return option
  }

  #add(): Option {
    const index = this.length
    this.length = index + 1
    const option = this.#entries[index]
    if (option === undefined) return (this.#entries[index] = new Option())
    if (!option.isPlain) option.clear()
    option.operation = undefined
    option.isSwitch = false
    return option
  }
}
