// One consumer of one queue of the simulated broker. It waits for a message as long as it has room
// for one more, hands it to its handler in a lane of its own, and settles it.

import { type Process, simulatedWorld, type Step } from '../../simulation/index.ts'
import type { Consumer, ConsumeOptions, ConsumerStats, Handle, StopOptions } from '../broker.ts'
import { maxDelayMs, outcomeOf } from '../outcome.ts'
import { attemptOf } from './copy.ts'
import type { SimulatedQueue } from './queue.ts'
import { receive, settle } from './steps.ts'

const defaultDrainMs = 5000

export type SimulatedConsumerOptions = {
  readonly process: Process
  readonly queue: SimulatedQueue
  readonly handle: Handle
  readonly prefetch: number
  readonly onSettled: ConsumeOptions['onSettled']
}

export class SimulatedConsumer implements Consumer {
  readonly #options: SimulatedConsumerOptions
  readonly #inFlight = new Map<string, AbortController>()
  readonly #stats: { -readonly [Name in keyof ConsumerStats]: number } = {
    delivered: 0,
    acked: 0,
    retried: 0,
    released: 0,
    deadLettered: 0,
    lost: 0,
  }
  /** What it has asked for and not received yet. */
  #asked: Step<string> | undefined
  #isEnding = false
  #hasCrashed = false
  #stopped: Promise<void> | undefined
  #onDrained: (() => void) | undefined

  constructor(options: SimulatedConsumerOptions) {
    this.#options = options
    options.process.onCrash(() => {
      this.#isEnding = true
      this.#hasCrashed = true
    })
    this.#ask()
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get stats(): ConsumerStats {
    return { ...this.#stats }
  }

  get isReceiving(): boolean {
    return !this.#isEnding
  }

  stop({ drainMs = defaultDrainMs }: StopOptions = {}): Promise<void> {
    this.#stopped ??= this.#stop(Math.min(Math.max(drainMs, 0), maxDelayMs))
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  #ask(): void {
    const { process, queue, prefetch } = this.#options
    if (this.#isEnding || this.#asked || this.inFlight >= prefetch) return
    this.#asked = receive(queue)
    // Neither of the two rejects: whatever the handler does, its delivery is settled.
    void process.operation(this.#asked).then((lane) => this.#serve(lane))
  }

  async #serve(name: string): Promise<void> {
    const { process, queue, handle, onSettled } = this.#options
    const { current: lane } = process.simulation
    const copy = queue.inFlight.get(name)
    if (!lane || !copy) throw new Error(`expected ${name} to be in flight, got nothing of it`)
    const abort = new AbortController()
    this.#asked = undefined
    this.#inFlight.set(name, abort)
    this.#stats.delivered += 1
    this.#ask()
    const { message } = copy
    const { signal } = abort
    const delivery = { message, queue: queue.name, attempt: attemptOf(copy), signal }
    const outcome = await outcomeOf(handle, delivery)
    // What a dead process decides has no effect: only a test can let its code go on.
    if (this.#hasCrashed) return
    const settled = await process.operation(settle({ queue, lane, copy }, outcome))
    this.#stats[settled] += 1
    this.#inFlight.delete(name)
    onSettled?.(delivery, settled)
    if (this.inFlight === 0) this.#onDrained?.()
    this.#ask()
  }

  async #stop(drainMs: number): Promise<void> {
    const { process, queue } = this.#options
    this.#isEnding = true
    if (this.#asked) process.simulation.withdraw(this.#asked)
    if (this.inFlight > 0) await this.#drained(drainMs)
    queue.takeBack(new Set(this.#inFlight.keys()))
    for (const abort of this.#inFlight.values()) {
      abort.abort(new Error('the consumer stopped before it finished'))
    }
  }

  /** Resolves once nothing is in flight, or after `withinMs`. */
  async #drained(withinMs: number): Promise<void> {
    const isDrained = new AbortController()
    this.#onDrained = () => isDrained.abort()
    try {
      await simulatedWorld(this.#options.process).sleep(withinMs, isDrained.signal)
    } catch {
      // It did not have to wait that long.
    }
  }
}
