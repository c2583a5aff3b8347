// Time, ids, choices: what a process may ask of the world besides its resources. Time stands still
// until nothing else can happen (lazy), or may jump to the next alarm at any moment (adversarial).

import { digestOfText, mix } from './digest.ts'
import type { Step } from './operation.ts'
import type { Process } from './process.ts'
import type { Simulation } from './simulation.ts'

/** The same shape as the `World` of the core. */
export type SimulatedWorld = {
  readonly clock: { readonly nowMs: () => number }
  readonly ids: { readonly next: () => string }
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly coin: (name: string) => boolean
  readonly random: (name: string) => number
}

export type ClockOptions = {
  /** `adversarial`: an alarm may go off before steps that could have come first. Default lazy. */
  readonly time?: 'lazy' | 'adversarial'
}

/** The alarms of a run. Any resource may set one; there is one clock for all processes. */
export class Alarms {
  readonly #simulation: Simulation
  readonly #isFree: boolean
  readonly #alarms = new Map<object, number>()
  #isRunning = false

  constructor(simulation: Simulation, { time = 'lazy' }: ClockOptions = {}) {
    this.#simulation = simulation
    this.#isFree = time === 'adversarial'
  }

  /** Time will go on to `atMs` at some point, if it has not by then. `key` names the alarm. */
  set(key: object, atMs: number): void {
    if (atMs <= this.#simulation.nowMs) return
    this.#alarms.set(key, atMs)
    if (this.#isRunning) return
    // A run in which nobody waits for a time has no clock to look at.
    this.#isRunning = true
    this.#simulation.happening({
      kind: 'time',
      resource: '*',
      isFree: this.#isFree,
      variants: () => (this.#alarms.size > 0 ? 1 : 0),
      effect: () => this.#advance(),
    })
  }

  clear(key: object): void {
    this.#alarms.delete(key)
  }

  #advance(): void {
    const { nowMs } = this.#simulation
    let next = Infinity
    for (const atMs of this.#alarms.values()) next = Math.min(next, atMs)
    this.#simulation.nowMs = Math.max(nowMs, next)
    for (const [key, atMs] of this.#alarms) {
      if (atMs <= this.#simulation.nowMs) this.#alarms.delete(key)
    }
    // A crash is another one now than before.
    for (const process of this.#simulation.processes) process.hasWritten = true
  }
}

/** The world as `process` sees it. Ids are never repeated, also after a restart. */
export function simulatedWorld(process: Process): SimulatedWorld {
  const { simulation } = process
  const lane = () => (simulation.current?.process === process ? simulation.current : process.root)
  return {
    clock: {
      nowMs: () => {
        lane().learn(mix(1, simulation.nowMs))
        return simulation.nowMs
      },
    },
    ids: { next: () => lane().nextId() },
    sleep: (ms, signal) => {
      // Nothing else in the state says when it will end.
      lane().learn(mix(2, simulation.nowMs))
      return sleep(process, ms, signal)
    },
    coin: (name) => simulation.toss(name, lane()),
    random: (name) => (digestOfText(name) % 1000) / 1000,
  }
}

function sleep(process: Process, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error)
  const { simulation } = process
  if (ms <= 0) return Promise.resolve()
  const untilMs = simulation.nowMs + ms
  const alarm = {}
  simulation.alarms.set(alarm, untilMs)
  const step: Step<void> = {
    kind: 'sleep',
    resource: 'clock',
    access: 'read',
    guard: () => simulation.nowMs >= untilMs,
    effect: () => undefined,
    detail: () => ({ ms }),
  }
  const slept = process.operation(step)
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      simulation.alarms.clear(alarm)
      simulation.withdraw(step)
      reject(signal?.reason as Error)
    }
    signal?.addEventListener('abort', aborted, { once: true })
    // Nobody may wake what has crashed.
    process.onCrash(() => {
      simulation.alarms.clear(alarm)
      signal?.removeEventListener('abort', aborted)
    })
    void slept.then(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    })
  })
}
