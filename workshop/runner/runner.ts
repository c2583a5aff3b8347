// The resident runner: one exercise at a time, run again on every save, one run after another. It
// knows no screen and no key; it tells what happens (events.ts), and does what it is asked.

import { SetupProblem } from '../command.ts'
import type { Resident } from '../loop/resident.ts'
import { onSaves } from '../loop/saves.ts'
import { tellStray } from './actions/stray.ts'
import type { Desk } from './desk.ts'
import { round, type Round } from './round.ts'
import type { Wider } from './wider.ts'

export type RunnerOptions = {
  /** Whether file events reach the exercises. May be known later: until then they are trusted. */
  readonly hasEvents: boolean
  /** Tries wider bounds after green. */
  readonly wider?: Wider
  /** Is told of what a run cannot recover from. */
  readonly onFailure: (error: unknown) => void
  readonly typesIn: Round['typesIn']
  /** What tells of saves, where it is not the real one. */
  readonly watchSaves?: typeof onSaves
}

type Tests = Pick<Resident, 'run' | 'stop'> & AsyncDisposable

export class Runner implements AsyncDisposable {
  readonly #desk: Desk
  readonly #resident: Tests
  readonly #options: RunnerOptions
  readonly #onFailure: (error: unknown) => void
  readonly #wider: Wider | undefined
  #hasEvents: boolean
  #stopWatching: () => void = () => undefined
  #current = new AbortController()
  /** What is under way, and whether a run that has not begun waits behind it. */
  #work: Promise<void> = Promise.resolve()
  #isRunWaiting = false
  #isClosed = false

  /** Closes `resident` with itself. */
  constructor(desk: Desk, resident: Tests, options: RunnerOptions) {
    this.#options = options
    this.#desk = desk
    this.#resident = resident
    this.#hasEvents = options.hasEvents
    this.#onFailure = options.onFailure
    this.#wider = options.wider
  }

  /** Runs the exercise once whatever is under way has ended. */
  run(why: Round['why']): Promise<void> {
    if (this.#isRunWaiting || this.#isClosed) return this.#work
    this.#isRunWaiting = true
    // The compiler need not finish what is no longer there.
    this.#current.abort()
    this.#wider?.giveWay()
    return this.#queue(async () => {
      this.#isRunWaiting = false
      if (this.#isClosed) return
      this.#current = new AbortController()
      const { signal } = this.#current
      const verdict = await round(this.#desk, {
        why,
        resident: this.#resident,
        signal,
        typesIn: this.#options.typesIn,
      })
      if (verdict === 'green' && !this.#isRunWaiting) this.#wider?.begin(this.#desk)
    })
  }

  /** Runs again on every save from now on. */
  watch(): void {
    if (this.#isClosed) return
    this.#stopWatching()
    const { folder, solutionFolder } = this.#desk
    const { watchSaves = onSaves } = this.#options
    const options = { hasEvents: this.#hasEvents }
    const stray = (): void => void this.#queue(() => tellStray(this.#desk))
    const ends = [
      watchSaves(folder, () => void this.run('saved'), options),
      // Who edits the solution waits for a run that never comes.
      watchSaves(solutionFolder, stray, options),
    ]
    this.#stopWatching = () => ends.forEach((end) => end())
  }

  /** File events do not arrive: looks at the folder instead. */
  poll(): void {
    this.#hasEvents = false
    this.watch()
  }

  /** Does something with the desk between two runs. Where files or the exercise change by it, the
   *  exercise is run afterwards, once. */
  act(action: (desk: Desk) => Promise<{ readonly runsAgain: boolean }>): Promise<void> {
    return this.#queue(async () => {
      const { runsAgain } = await action(this.#desk)
      if (!runsAgain) return
      // What was written is no save of the reader's, and the exercise may be another one.
      this.watch()
      void this.run('asked')
    })
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      // The machine's fault is told, and the next save may find it mended.
      if (error instanceof SetupProblem) this.#desk.emit({ kind: 'setup', text: error.message })
      else this.#onFailure(error)
    })
    return this.#work
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#stopWatching()
    this.#current.abort()
    // Whoever quits does not wait for a run that may hang.
    await this.#resident.stop()
    await this.#work
    await this.#wider?.[Symbol.asyncDispose]()
    await this.#resident[Symbol.asyncDispose]()
  }
}
