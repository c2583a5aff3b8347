// A process: code that shares a memory, and dies together. When it crashes, what it had parked
// vanishes, its promises never settle, and a new instance starts with an empty memory.

import { digestOfText, empty, join, mix } from './digest.ts'
import { Lane } from './lane.ts'
import type { Step } from './operation.ts'
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
  readonly simulation: Simulation
  readonly #options: ProcessOptions
  #root: Lane
  #generation = 1
  #crashListeners: ((lanes: ReadonlySet<Lane>) => void)[] = []

  constructor(simulation: Simulation, index: number, options: ProcessOptions) {
    this.simulation = simulation
    this.index = index
    this.#options = options
    this.name = options.name
    this.isMemoryless = options.isMemoryless ?? false
    this.#root = new Lane(this.name, this)
  }

  /** The lane of what it does outside of any other. */
  get root(): Lane {
    return this.#root
  }

  get canCrash(): boolean {
    if (this.#options.canCrash === false || !this.hasWritten) return false
    return !this.isMemoryless || this.lanes.size > 0
  }

  /** Parks a step. Resolves with its result, once it is chosen; never, if the process crashes
   *  before. */
  operation<T>(step: Step<T>): Promise<T> {
    return this.simulation.park(this, step)
  }

  /** Is told of each crash, before the next instance starts. For resources that hold something on
   *  behalf of the process. */
  onCrash(listener: (lanes: ReadonlySet<Lane>) => void): void {
    this.#crashListeners.push(listener)
  }

  start(): void {
    this.#options.start(this)
  }

  /** Forgets everything. The caller has dropped what it had parked. */
  crash(): void {
    const lanes = new Set(this.lanes)
    const listeners = this.#crashListeners
    this.#crashListeners = []
    this.#generation += 1
    this.#root = new Lane(`${this.name}/${this.#generation}`, this)
    this.lanes.clear()
    this.told = empty
    this.hasWritten = false
    for (const listener of listeners) listener(lanes)
  }

  open(name: string): Lane {
    const lane = new Lane(name, this)
    this.lanes.add(lane)
    return lane
  }

  /** Its group, what it knows, and what it waits for; not which of its group it is. */
  digest(waiting: number): number {
    let lanes = 0
    for (const lane of this.lanes) lanes = join(lanes, mix(lane.digest, lane.told))
    const known = this.isMemoryless ? mix(this.#root.told, lanes) : mix(this.told, lanes)
    const { group, name } = this.#options
    return mix(mix(digestOfText(group ?? name), known), waiting)
  }
}
