// A test runner that stays. What takes long is run in two threads at once, as soon as it is known
// what that is: from the second run of an exercise on.

import { availableParallelism } from 'node:os'
import { Lane, type LaneOptions, type Ran, shown } from './lane.ts'
import { longest, partsOf, secondShare, type Timed, together } from './sharing.ts'

export type { Ran } from './lane.ts'

export type ResidentOptions = LaneOptions & {
  /** How many threads to run tests in, at most: 1 or 2. Default: 2 where there are processors. */
  readonly lanes?: number
}

export class Resident implements AsyncDisposable {
  readonly #options: ResidentOptions
  readonly #first: Lane
  #second: Promise<Lane> | undefined
  /** The tests of the last run, and the folder that they are in. */
  #last: { readonly folder: string; readonly tests: readonly Timed[] } | undefined

  private constructor(options: ResidentOptions, first: Lane) {
    this.#options = options
    this.#first = first
  }

  static async start(options: ResidentOptions = {}): Promise<Resident> {
    return new Resident(options, await Lane.start(options))
  }

  /** Runs the tests in `folder`, a path, on the files as they are now. One run at a time. */
  async run(folder: string): Promise<Ran> {
    const { lanes = Math.min(2, availableParallelism()) } = this.#options
    const known = this.#last?.folder === folder ? this.#last.tests : []
    const share = secondShare(known)
    const ran = await (lanes < 2 || share.length === 0
      ? this.#first.run(folder)
      : this.#shared(folder, share))
    this.#last = { folder, tests: longest(known, ran.outcomes) }
    return ran
  }

  async #shared(folder: string, share: ReturnType<typeof secondShare>): Promise<Ran> {
    this.#second ??= Lane.start(this.#options)
    const parts = partsOf(share)
    const startedMs = performance.now()
    const [first, second] = await Promise.all([
      this.#first.run(folder, parts.first),
      this.#second.then((lane) => lane.run(folder, parts.second)),
    ])
    return {
      outcomes: together(first.outcomes, second.outcomes),
      ...shown([...first.printed, ...second.printed], first.notShown + second.notShown),
      ms: performance.now() - startedMs,
    }
  }

  /** Ends a run that is under way: what it had not done yet waits. */
  async stop(): Promise<void> {
    const second = await this.#second
    await Promise.all([this.#first.stop(), second?.stop()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const second = await this.#second
    await Promise.all([this.#first[Symbol.asyncDispose](), second?.[Symbol.asyncDispose]()])
  }
}
