// One consumer of one queue. It takes as many messages as it has room for whenever it is told to
// look, and hands each to the handler. It asks the file nothing while there is nothing to expect.

import type { Consumer, ConsumeOptions, ConsumerStats, Handle, StopOptions } from '../broker.ts'
import type { Desk, Held } from './desk.ts'
import { maxDelayMs, outcomeOf } from '../outcome.ts'

/** More are taken in several steps, so that no transaction is long. */
const maxClaim = 100
/** How long what is due may wait behind what flows. */
const makeReadyMs = 10
/** How long to wait before looking again when the file could not be read or written. */
const troubleMs = 50
/** However far away the next message is: the clock may be set in the meantime. */
const maxWaitMs = 60_000
const defaultDrainMs = 5000

export type SqliteConsumerOptions = {
  readonly desk: Desk
  readonly queue: string
  readonly handle: Handle
  readonly prefetch: number
  readonly onSettled: ConsumeOptions['onSettled']
  readonly onStopped: (consumer: SqliteConsumer) => void
}

export class SqliteConsumer implements Consumer {
  readonly #options: SqliteConsumerOptions
  readonly #inFlight = new Set<Held>()
  readonly #stats: { -readonly [Name in keyof ConsumerStats]: number } = {
    delivered: 0,
    acked: 0,
    retried: 0,
    released: 0,
    deadLettered: 0,
    lost: 0,
  }
  #settling = 0
  /** How many messages are ours by now, and not handed out yet. */
  #taken = 0
  /** Whether the last claim has found something. */
  #isFlowing = false
  #madeReadyAtMs = -Infinity
  #isEnding = false
  #isLooking = false
  #looksAgain = false
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped: Promise<void> | undefined
  #onDrained: (() => void) | undefined

  constructor(options: SqliteConsumerOptions) {
    this.#options = options
  }

  get queue(): string {
    return this.#options.queue
  }

  get inFlight(): number {
    return this.#inFlight.size + this.#taken
  }

  get stats(): ConsumerStats {
    return { ...this.#stats, delivered: this.#stats.delivered + this.#taken }
  }

  get isReceiving(): boolean {
    return !this.#isEnding
  }

  /** Takes what there is room for. To be called when there may be something new. */
  look(): void {
    this.#looksAgain = true
    if (this.#isLooking || this.#isEnding) return
    this.#isLooking = true
    // Never rejects: what fails is tried again later. Only `stop` waits for it.
    this.#looking = this.#take()
  }

  stop({ drainMs = defaultDrainMs }: StopOptions = {}): Promise<void> {
    this.#stopped ??= this.#stop(Math.min(Math.max(drainMs, 0), maxDelayMs))
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /** What a killed process does: nothing more. */
  abandon(): void {
    this.#isEnding = true
    this.#stopped ??= Promise.resolve()
    clearTimeout(this.#timer)
  }

  async #take(): Promise<void> {
    while (this.#looksAgain && !this.#isEnding) {
      this.#looksAgain = false
      const taken = this.#room() > 0 ? await this.#claim() : []
      this.#taken = 0
      if (this.#isEnding) {
        await this.#options.desk.giveBack(taken)
        break
      }
      // The promise never rejects: whatever the handler does, its delivery is settled or lost.
      for (const held of taken) void this.#serve(held)
      if (taken.length > 0) this.#looksAgain = true
    }
    this.#isLooking = false
  }

  /** How many more can be in flight. Those that settle in the same transaction make room for it. */
  #room(): number {
    return this.#options.prefetch - this.#inFlight.size + this.#settling
  }

  async #claim(): Promise<readonly Held[]> {
    const { desk, queue } = this.#options
    try {
      // As long as messages flow, nobody asks whether there are any: the next claim shows it.
      const hasFlowed = this.#isFlowing
      const prospect = hasFlowed ? { isReady: true as const } : desk.prospect(queue)
      if (!prospect.isReady) {
        this.#lookIn(prospect.inMs)
        return []
      }
      const taken = await desk.claim(queue, {
        limit: () => Math.min(this.#room(), maxClaim),
        makesReady: !hasFlowed || this.#isTimeToMakeReady(),
        onTaken: (count) => (this.#taken = count),
      })
      this.#isFlowing = taken.length > 0
      if (hasFlowed && taken.length === 0) this.#looksAgain = true
      // Somebody else was faster, or the clock was set back and something is due later after all.
      else if (taken.length === 0) this.#lookIn(troubleMs)
      return taken
    } catch {
      this.#lookIn(troubleMs)
    }
    return []
  }

  #isTimeToMakeReady(): boolean {
    const nowMs = performance.now()
    if (nowMs - this.#madeReadyAtMs < makeReadyMs) return false
    this.#madeReadyAtMs = nowMs
    return true
  }

  #lookIn(ms: number | undefined): void {
    clearTimeout(this.#timer)
    if (ms === undefined || this.#isEnding) return
    this.#timer = setTimeout(() => this.look(), Math.min(ms, maxWaitMs))
  }

  async #serve(held: Held): Promise<void> {
    const { desk, handle, onSettled } = this.#options
    const { message, queue, attempt } = held.lease
    const delivery = { message, queue, attempt, signal: held.abort.signal }
    this.#inFlight.add(held)
    this.#stats.delivered += 1
    const outcome = await outcomeOf(handle, delivery)
    const settling = desk.settle(held, outcome)
    this.#settling += 1
    this.look()
    const settled = await settling
    this.#settling -= 1
    this.#inFlight.delete(held)
    this.#stats[settled] += 1
    onSettled?.(delivery, settled)
    if (this.#inFlight.size === 0) this.#onDrained?.()
    this.look()
  }

  async #stop(drainMs: number): Promise<void> {
    this.#isEnding = true
    clearTimeout(this.#timer)
    await this.#looking
    await this.#drained(drainMs)
    const late = [...this.#inFlight]
    const given = this.#options.desk.giveBack(late)
    for (const { abort } of late) abort.abort(new Error('the consumer stopped before it finished'))
    await given
    this.#options.onStopped(this)
  }

  async #drained(withinMs: number): Promise<void> {
    if (this.#inFlight.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      this.#onDrained = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
