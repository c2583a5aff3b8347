// The processes of the endpoints, several of each. Whoever ends, whatever the reason, starts again
// under the same name until the crew is stopped; how each life ended is kept.

import type { ChildProcess } from 'node:child_process'
import { isAtWork } from './notes.ts'
import { type Ending, Member, SoakBroken } from './member.ts'

export type Life = {
  readonly slot: string
  /** The file with its notes. */
  readonly notes: string
  readonly ending: Ending
}

export type CrewOptions = {
  /** `orders-1`, `orders-2` */
  readonly slots: readonly string[]
  /** Starts the process of a slot, which writes its notes to this file. */
  readonly start: (slot: string, notes: string) => ChildProcess
  /** The file for the notes of the n-th life of a slot. */
  readonly notesFor: (slot: string, life: number) => string
  /** Whoever starts more often does so in vain. */
  readonly maxStarts: number
}

/** A process that ended by itself. */
export type Failure = { readonly slot: string; readonly said: string }

export class Crew implements AsyncDisposable {
  readonly #options: CrewOptions
  readonly #members = new Map<string, Member>()
  readonly #lives: Life[] = []
  readonly #notes: string[] = []
  readonly #failures: Failure[] = []
  readonly #broken = Promise.withResolvers<never>()
  #starts = 0
  #isHeld = false
  #isOver = false

  constructor(options: CrewOptions) {
    this.#options = options
    // Whoever waits for anything of the crew hears of it.
    this.#broken.promise.catch(() => undefined)
  }

  /** Starts all of them. Rejects where one does not come that far. */
  async start(): Promise<void> {
    if (this.#isOver) throw new Error('expected a crew that is not disbanded')
    this.#isHeld = false
    const members = this.#options.slots.map((slot) => this.#startOne(slot))
    await Promise.all(members.map(({ ready }) => ready))
  }

  /** Rejects once too many have been started in vain. */
  get broken(): Promise<never> {
    return this.#broken.promise
  }

  /** Those that have ended so far. */
  get lives(): readonly Life[] {
    return this.#lives
  }

  /** The files with the notes of all lives so far. */
  get notes(): readonly string[] {
    return this.#notes
  }

  get failures(): readonly Failure[] {
    return this.#failures
  }

  /** Those that take messages, and to which nothing is being done. */
  get up(): readonly Member[] {
    return [...this.#members.values()].filter(({ isUp }) => isUp)
  }

  get isComplete(): boolean {
    return this.up.length === this.#options.slots.length
  }

  /** All at once; nobody starts again before `start`. */
  async killAll(): Promise<void> {
    this.#isHeld = true
    await Promise.all([...this.#members.values()].map((member) => member.kill()))
  }

  async stop(): Promise<void> {
    this.#isHeld = true
    await Promise.all([...this.#members.values()].map((member) => member.stop()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await this.killAll()
  }

  #startOne(slot: string): Member {
    this.#starts += 1
    const notes = this.#options.notesFor(slot, this.#starts)
    this.#notes.push(notes)
    const member = new Member({
      slot,
      start: () => this.#options.start(slot, notes),
      isAtWork: () => isAtWork(notes),
    })
    this.#members.set(slot, member)
    // It never rejects.
    void member.ended.then((ending) => this.#ended(member, { slot, notes, ending }))
    return member
  }

  #ended(member: Member, life: Life): void {
    this.#lives.push(life)
    const { slot, ending } = life
    if (ending === 'failed') this.#failures.push({ slot, said: member.said })
    if (this.#isHeld) return
    if (this.#starts < this.#options.maxStarts) this.#startOne(slot)
    else {
      const said = this.#failures.at(-1)?.said ?? ''
      this.#broken.reject(
        new SoakBroken(`expected processes that stay, started ${this.#starts}. ${said}`),
      )
    }
  }
}
