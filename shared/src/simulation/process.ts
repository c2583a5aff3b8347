// A process: code that shares a memory, and dies together. When it crashes, what it had parked
// vanishes, its promises never settle, and a new instance starts with an empty memory.

import { digestOfText, empty, join, mix } from './digest.ts'
import { Lane } from './lane.ts'
import type { Operation, Step } from './operation.ts'
import type { Simulation } from './simulation.ts'

export type ProcessOptions = {
  /** As it stands in traces: `orders-1`. */
  readonly name: string
  /** Processes of one group run the same code and may stand in for one another. Default: its
   *  name. */
  readonly group?: string
  /** Runs at the beginning, and again after each crash. Nobody waits for what it returns. */
  readonly start: (process: Process) => void
  /** Whether its code remembers nothing from one lane to the next, except in resources. It makes
   *  searches much shorter, and is checked against runs that do not rely on it. Default false. */
  readonly isMemoryless?: boolean
  /** Whether a budget of `crashes` may be spent on it. Default true. */
  readonly canCrash?: boolean
}

/** Which place it has among the processes, and how many instances had it before. */
export type ProcessPlace = { readonly index: number; readonly generation?: number }

/** One instance: after a crash there is another one. */
export class Process {
  readonly name: string
  /** Its place among the processes of the run: 0, 1, 2 ... */
  readonly index: number
  readonly isMemoryless: boolean
  /** What all its lanes have been told, where it has a memory. */
  told = empty
  /** Whether its last step changed anything. A crash after a step that did not is the same as one
   *  before it. */
  hasWritten = false
  /** The lanes that have begun, and are open or wait for something. */
  readonly lanes = new Set<Lane>()
  /** The first of the steps that it has parked; each knows the next. Linked like this, parking and
   *  taking, which every step does, allocate nothing; mostly there is no more than one. */
  parked: Operation | undefined
  readonly simulation: Simulation
  /** The lane of what it does outside of any other. */
  readonly root: Lane
  readonly #options: ProcessOptions
  readonly #generation: number
  readonly #crashListeners: ((lanes: ReadonlySet<Lane>) => void)[] = []
  #isAlive = true

  constructor(simulation: Simulation, place: ProcessPlace, options: ProcessOptions) {
    const { index, generation = 1 } = place
    this.simulation = simulation
    this.index = index
    this.#generation = generation
    this.#options = options
    this.name = options.name
    this.isMemoryless = options.isMemoryless ?? false
    this.root = new Lane(generation === 1 ? this.name : `${this.name}/${generation}`, this)
  }

  get canCrash(): boolean {
    const isNew = this.hasWritten || this.simulation.crashesAnywhere
    if (this.#options.canCrash === false || !isNew) return false
    return !this.isMemoryless || this.lanes.size > 0
  }

  /** Parks a step. Resolves with its result, once it is chosen; never, if the process crashes
   *  before. Code that goes on after its process has crashed waits for ever. */
  operation<T>(step: Step<T>): Promise<T> {
    return this.#isAlive ? this.simulation.park(this, step) : new Promise(() => undefined)
  }

  /** Adds to what it has parked. */
  park(operation: Operation): void {
    let last = this.parked
    if (last === undefined) {
      this.parked = operation
      return
    }
    while (last.next !== undefined) last = last.next
    last.next = operation
  }

  /** Takes out of what it has parked; the others keep their order. */
  take(operation: Operation): void {
    if (this.parked === operation) {
      this.parked = operation.next
      return
    }
    let before = this.parked
    while (before !== undefined && before.next !== operation) before = before.next
    if (before !== undefined) before.next = operation.next
  }

  /** Is told when it crashes, before the next instance starts. For resources that hold something
   *  on behalf of the process. */
  onCrash(listener: (lanes: ReadonlySet<Lane>) => void): void {
    this.#crashListeners.push(listener)
  }

  start(): void {
    this.#options.start(this)
  }

  /** Ends it, drops what it had parked, and gives the next instance, which has not started yet and
   *  remembers nothing. */
  crash(): Process {
    this.#isAlive = false
    this.parked = undefined
    for (const listener of this.#crashListeners) listener(this.lanes)
    const place = { index: this.index, generation: this.#generation + 1 }
    return new Process(this.simulation, place, this.#options)
  }

  open(name: string): Lane {
    const lane = new Lane(name, this)
    this.lanes.add(lane)
    return lane
  }

  /** Its group, what it knows, and what it waits for; not which of its group it is. */
  digest(): number {
    let waiting = 0
    for (let one = this.parked; one !== undefined; one = one.next) waiting = join(waiting, one.id)
    let lanes = 0
    for (const lane of this.lanes) lanes = join(lanes, mix(lane.digest, lane.told))
    const known = this.isMemoryless ? mix(this.root.told, lanes) : mix(this.told, lanes)
    const { group, name } = this.#options
    return mix(mix(digestOfText(group ?? name), known), waiting)
  }
}
