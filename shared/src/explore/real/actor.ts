// A process of a performance, as its director sees it: it can be given orders, killed, made to
// stand still, and stopped. What it prints to its error output is kept for the sentence that says
// why it has ended. It never outlives its director.

import type { ChildProcess } from 'node:child_process'
import { within } from '../../world/index.ts'
import type { Call, Opening, Order, Report } from './protocol.ts'

/** With TypeScript to be loaded, and other processes starting at the same time. */
const startBoundMs = 60_000
/** A process that has not ended by itself after this time is killed. */
const stopBoundMs = 5000
const keptOfErrors = 4000

export type Allowed = { readonly call: Call; readonly copies: number }

export type ActorOptions = {
  readonly opening: Opening
  /** Starts the process: its channel must be open, with advanced serialisation, and its error
   *  output a pipe. */
  readonly spawn: () => ChildProcess
  readonly onReport: (actor: Actor, report: Report) => void
  /** Called when the process ends without having been killed or stopped. */
  readonly onEnd: (sentence: string) => void
}

export class Actor implements AsyncDisposable {
  readonly opening: Opening
  /** The calls that it was allowed to make, and has not reported, by their number. */
  readonly underWay = new Map<number, Allowed>()
  /** It is going to be killed: nothing more is allowed. */
  isDoomed = false
  /** It waits for `begin`. Rejects with a sentence where the process does not come that far. */
  readonly ready: Promise<void>
  /** It takes messages, or calls. Rejects likewise. */
  readonly begun: Promise<void>
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  #isExpectedToEnd = false
  #errors = ''

  constructor({ opening, spawn, onReport, onEnd }: ActorOptions) {
    this.opening = opening
    const child = spawn()
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-keptOfErrors)
    })
    const ready = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    this.#ended = ended.promise
    this.ready = this.#within(startBoundMs, ready.promise)
    this.begun = begun.promise
    // Whoever waits for one of them hears of it; and onEnd tells those who do not.
    for (const one of [this.ready, this.begun]) one.catch(() => undefined)
    child.on('message', (report: Report) => {
      if (report.kind === 'ready') ready.resolve()
      if (report.kind === 'begun') begun.resolve()
      onReport(this, report)
    })
    // `close` comes once its output has been read to the end.
    child.once('close', (code, signal) => {
      ended.resolve()
      const sentence = this.#sentence(signal ?? `exit code ${code}`)
      for (const one of [ready, begun]) one.reject(new Error(sentence))
      if (!this.#isExpectedToEnd) onEnd(sentence)
    })
    child.once('error', (cause) => {
      const sentence = `expected a process of ${this.instance}, got ${cause.message}`
      for (const one of [ready, begun]) one.reject(new Error(sentence, { cause }))
      if (child.pid === undefined) ended.resolve()
    })
    this.order({ kind: 'open', opening })
  }

  get instance(): string {
    return this.opening.role.instance
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** One that has ended hears nothing. */
  order(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => undefined)
  }

  /** SIGKILL. Resolves once it has ended. */
  async kill(): Promise<void> {
    this.#isExpectedToEnd = true
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  /** It stands still from now on, in the middle of whatever it does. */
  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  /** Lets it finish what it has begun. Resolves once it has ended. */
  async stop(): Promise<void> {
    this.#isExpectedToEnd = true
    this.order({ kind: 'stop' })
    await this.#within(stopBoundMs, this.#ended).catch(() => this.kill())
  }

  /** Ends it, however it stands. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  #sentence(how: string): string {
    const said = this.#errors.trim()
    return (
      `expected the process of ${this.instance} to go on, it ended with ${how}` +
      (said === '' ? ', and said nothing' : `. It said:\n${said}`)
    )
  }

  #within(ms: number, event: Promise<void>): Promise<void> {
    const sentence = `expected ${this.instance} to answer within ${ms / 1000} s, it has not`
    return within(ms, event, () => new Error(sentence))
  }
}
