// A lane: a thread of work within a process, such as one delivery. Whatever is parked while the
// result of one of its steps sinks in belongs to it too. Names of lanes do not say which process
// they run in, so that the instances of one endpoint are interchangeable.

import { digestOfText, empty, mix } from './digest.ts'
import type { Process } from './process.ts'

export class Lane {
  readonly name: string
  readonly process: Process
  /** How many operations it has parked. */
  parked = 0
  /** How many operations of it wait to be chosen. */
  waiting = 0
  /** What it has been told so far. */
  told = empty
  isOpen = true
  /** How many ids it has made. */
  ids = 0
  #digest: number | undefined

  constructor(name: string, process: Process) {
    this.name = name
    this.process = process
  }

  /** The digest of its name. */
  get digest(): number {
    this.#digest ??= digestOfText(this.name)
    return this.#digest
  }

  /** The identity of its next operation. */
  nextOperation(): number {
    this.parked += 1
    return mix(this.digest, this.parked)
  }

  /** An id that no other lane makes, as long as names of lanes are not repeated. */
  nextId(): string {
    this.ids += 1
    return `${this.name}.${this.ids}`
  }

  /** Notes that its code has learned something: the same history means the same hidden state. */
  learn(what: number): void {
    if (!this.process.simulation.tracksState) return
    if (this.process.isMemoryless) this.told = mix(this.told, what)
    else this.process.told = mix(mix(this.process.told, this.digest), what)
  }
}
