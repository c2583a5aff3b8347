// One process of a soak, from its start to its end, as the one that watches over it sees it.

import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as timer } from 'node:timers/promises'
import { within } from '@workshop/shared/world'
import type { Order, Report } from './protocol.ts'

/** While the broker is away, it waits for it. */
const startBoundMs = 90_000
/** A process that has not ended by itself after this time is killed. */
const stopBoundMs = 15_000
const keptOfErrors = 2000

/** A process did not stay, so that nothing can be said of the rest. */
export class SoakBroken extends Error {
  override readonly name = 'SoakBroken'
}

/** How it ended: killed from outside, by its own hand as it was told to, as it was asked to, or by
 *  itself, which is a failure. */
export type Ending = 'killed' | 'crashed' | 'stopped' | 'failed'

export type MemberOptions = {
  /** `orders-1` */
  readonly slot: string
  readonly start: () => ChildProcess
  /** Whether it has a message right now. Default: nobody knows. */
  readonly isAtWork?: () => boolean
  readonly onReport?: (report: Report) => void
}

export class Member {
  readonly slot: string
  readonly ready: Promise<void>
  /** Never rejects. */
  readonly ended: Promise<Ending>
  readonly #child: ChildProcess
  readonly #isAtWork: () => boolean
  #state: 'starting' | 'up' | 'paused' | 'ended' = 'starting'
  #isDoomed = false
  #expected: Ending | undefined
  #errors = ''

  constructor({ slot, start, isAtWork, onReport = () => undefined }: MemberOptions) {
    this.#isAtWork = isAtWork ?? (() => true)
    this.slot = slot
    const child = start()
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-keptOfErrors)
    })
    const ready = Promise.withResolvers<void>()
    child.on('message', (report: Report) => {
      if (report.kind === 'ready') {
        if (this.#state === 'starting') this.#state = 'up'
        ready.resolve()
      }
      onReport(report)
    })
    this.ended = new Promise((resolve) => {
      const end = (signal: NodeJS.Signals | null): void => {
        this.#state = 'ended'
        ready.reject(new SoakBroken(`expected ${slot} to start, it ended. ${this.said}`))
        const isCrash = this.#isDoomed && signal === 'SIGKILL'
        resolve(this.#expected ?? (isCrash ? 'crashed' : 'failed'))
      }
      // `close` comes once its output has been read to the end.
      child.once('close', (_code, signal) => end(signal))
      child.once('error', () => {
        if (child.pid === undefined) end(null)
      })
    })
    this.ready = within(startBoundMs, ready.promise, () => late(slot))
    // Whoever waits for it hears of it.
    this.ready.catch(() => undefined)
  }

  /** It takes messages, and nothing is being done to it. */
  get isUp(): boolean {
    return this.#state === 'up'
  }

  get isDoomed(): boolean {
    return this.#isDoomed
  }

  /** What it has said on its error output. */
  get said(): string {
    const said = this.#errors.trim()
    return said === '' ? 'It said nothing' : `It said:\n${said}`
  }

  /** One that has ended hears nothing. */
  order(order: Order): void {
    if (order.kind === 'die') this.#isDoomed = true
    if (this.#child.connected) this.#child.send(order, () => undefined)
  }

  /** SIGKILL as soon as it has a message, or after so long. Resolves once it has ended. */
  async killAtWork(withinMs: number): Promise<void> {
    const giveUpAtMs = performance.now() + withinMs
    while (this.isUp && !this.#isAtWork() && performance.now() < giveUpAtMs) await timer(1)
    await this.kill()
  }

  /** SIGKILL. Resolves once it has ended. */
  async kill(): Promise<void> {
    this.#expected ??= 'killed'
    this.#child.kill('SIGKILL')
    await this.ended
  }

  /** Stands still for so long. It goes on by itself, even if nobody is left to see to that. */
  async pause(ms: number): Promise<void> {
    const { pid } = this.#child
    if (pid === undefined || this.#state !== 'up') return
    this.#state = 'paused'
    const seconds = (ms / 1000).toFixed(3)
    const shell = spawn('sh', ['-c', `kill -STOP ${pid}; sleep ${seconds}; kill -CONT ${pid}`], {
      stdio: 'ignore',
      detached: true,
    })
    // Nobody is left to go on.
    void this.ended.then(() => endGroup(shell.pid))
    await new Promise<void>((resolve) => {
      shell.once('close', () => resolve())
      shell.once('error', () => resolve())
    })
    // It may have been killed in the meantime.
    if (this.#is('paused')) this.#state = 'up'
  }

  /** Lets it finish what it has begun. Resolves once it has ended. */
  async stop(): Promise<void> {
    this.#expected ??= 'stopped'
    this.order({ kind: 'stop' })
    await within(stopBoundMs, this.ended, `${this.slot} to stop`).catch(() => this.kill())
  }

  #is(state: string): boolean {
    return this.#state === state
  }
}

const late = (slot: string): SoakBroken =>
  new SoakBroken(`expected ${slot} to be ready within ${startBoundMs / 1000} s, it was not`)

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
