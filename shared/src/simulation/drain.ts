// Runs everything that can run without the outside world: promise jobs and ticks, until none is
// left. It does so synchronously, which is ten times as fast as asking the event loop, and exact,
// which counting turns is not.
//
// Node has no public way to do that. `process._tickCallback` is old, undocumented, and there in
// every version since 0.10; `canary` says at the start whether it does what it should here. Inside
// of a promise job it does nothing at all. Where the canary does not sing, drive.ts waits for the
// event loop instead.

type Tick = readonly [callback: (...given: unknown[]) => void, given: readonly unknown[]]

type LegacyProcess = { _tickCallback?: () => void }

/** Where it is missing, the canary does not sing. */
const runTicks = (process as LegacyProcess)._tickCallback ?? (() => undefined)

/** Takes over ticks and unhandled rejections while it is installed. */
export class Drain {
  /** What was thrown where nobody could catch it, and which rejections nobody handled. */
  readonly stray: unknown[] = []
  readonly #ticks: Tick[] = []
  readonly #stray = (reason: unknown): void => {
    this.stray.push(reason)
  }
  #restore: (() => void) | undefined

  /** Everything from here to `uninstall` must run in one piece, outside of any promise job. */
  install(): void {
    const before = Object.getOwnPropertyDescriptor(process, 'nextTick')
    // A throw in a tick within a nested call of the real queue would abort the process.
    const collect = (callback: Tick[0], ...given: unknown[]): void => {
      this.#ticks.push([callback, given])
    }
    process.nextTick = collect as typeof process.nextTick
    const events = ['unhandledRejection', 'uncaughtException'] as const
    const listeners = events.map((event) => process.listeners(event as 'uncaughtException'))
    for (const event of events) {
      process.removeAllListeners(event)
      process.on(event as 'uncaughtException', this.#stray)
    }
    this.#restore = () => {
      if (before) Object.defineProperty(process, 'nextTick', before)
      for (const [index, event] of events.entries()) {
        process.off(event, this.#stray)
        for (const listener of listeners[index] ?? []) {
          process.on(event as 'uncaughtException', listener)
        }
      }
    }
  }

  uninstall(): void {
    this.#restore?.()
    this.#restore = undefined
  }

  /** Returns once no promise job and no tick is left. */
  run(): void {
    runTicks()
    while (this.#ticks.length > 0) {
      for (const [callback, given] of this.#ticks.splice(0)) {
        try {
          callback(...given)
        } catch (error) {
          this.stray.push(error)
        }
      }
      runTicks()
    }
  }

  /** Whether `run` does what it says, here and now. */
  canary(): boolean {
    let sang = 0
    const sing = async (): Promise<void> => {
      await Promise.resolve()
      sang += 1
      process.nextTick(() => void Promise.resolve().then(() => (sang += 1)))
    }
    void sing()
    this.run()
    return sang === 2
  }
}

/** Calls `work` in a fresh turn of the event loop, outside of any promise job, and resolves with
 *  what it returned. */
export function inTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    // Whatever `work` throws rejects the inner promise, and with it the outer one.
    setImmediate(() => resolve(new Promise((settle) => settle(work()))))
  })
}
