// Whoever brings the messages of a long run: one after the other, no more than a few ahead of those
// who handle them, and some of them once more, much later. It also looks, from time to time, at
// what is stored.

import type { Outgoing } from '../message/index.ts'
import { type Process, randomOf, simulatedWorld } from '../simulation/index.ts'
import type { LongRunOptions } from './long-run.ts'
import { enqueue, type Stage } from './simulated-stage.ts'

/** What is stored when so many messages have been handled. */
export type Measure = {
  readonly messages: number
  readonly entries: number
  /** Of all keys, and of all values as JSON. */
  readonly bytes: number
  /** Of the largest value. */
  readonly largestBytes: number
}

/** How many messages may wait, or be in flight. */
const ahead = 8

export class Post {
  /** How many different messages have been posted. */
  posted = 0
  readonly measures: Measure[] = []
  readonly #stage: Stage
  readonly #options: LongRunOptions
  readonly #queues: readonly string[]
  #isDue = false

  constructor(stage: Stage, options: LongRunOptions) {
    this.#stage = stage
    this.#options = options
    this.#queues = Object.keys(stage.specification.endpoints ?? {})
    stage.simulation.process({
      name: 'post',
      canCrash: false,
      start: (process) => {
        this.#work(process).catch((cause: unknown) => {
          const sentence = `expected every message to be posted, got ${String(cause)}`
          stage.simulation.report({ code: 'STUCK', sentence, cause })
        })
      },
    })
  }

  /** Whether it is time to look at what must always hold: once for each hundredth. */
  takesStock(): boolean {
    const isDue = this.#isDue
    this.#isDue = false
    return isDue
  }

  async #work(process: Process): Promise<void> {
    const { messages, message, everyMs = 0, measuredAt = [] } = this.#options
    const { sleep } = simulatedWorld(process)
    const copies = copiesAfter(this.#options)
    const measured = new Set(measuredAt)
    const every = Math.ceil(messages / 100)
    for (let number = 1; number <= messages; number += 1) {
      await sleep(everyMs)
      await this.#bring(process, message(number), number)
      this.posted = number
      for (const earlier of copies.get(number) ?? []) {
        await this.#bring(process, message(earlier), earlier)
      }
      if (number % every === 0) this.#isDue = true
      if (measured.has(number)) await this.#measure(process, number)
    }
  }

  #bring(process: Process, message: Outgoing, number: number): Promise<void> {
    const { broker } = this.#stage
    return process.operation({
      kind: 'post',
      resource: '*',
      access: 'write',
      guard: () => this.#queues.every((queue) => broker.unsettled(queue) < ahead),
      effect: () => enqueue(this.#stage, message, `message-${number}`),
    })
  }

  #measure(process: Process, messages: number): Promise<void> {
    const { broker, store } = this.#stage
    return process.operation<void>({
      kind: 'measure',
      resource: '*',
      access: 'read',
      guard: () => this.#queues.every((queue) => broker.unsettled(queue) === 0),
      effect: () => {
        this.measures.push({ messages, ...store.size() })
      },
    })
  }
}

/** For each message after which some come again: which. */
function copiesAfter({ messages, copies = 0, seed = 1 }: LongRunOptions) {
  const random = randomOf(seed)
  const after = new Map<number, number[]>()
  for (let copy = 1; copy <= copies; copy += 1) {
    const earlier = 1 + Math.floor(random() * messages)
    const later = earlier + Math.ceil(messages / 10) + Math.floor(random() * messages)
    const at = Math.min(later, messages)
    after.set(at, [...(after.get(at) ?? []), earlier])
  }
  return after
}
