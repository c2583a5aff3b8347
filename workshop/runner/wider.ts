// After green, in the background: the same tests once more, with wider bounds, one fault more of
// each kind that they know. What breaks then is worth knowing, and is no reason to be red. It gives
// way to the next save.

import { setTimeout as sleep } from 'node:timers/promises'
import { widerVariable } from '@workshop/shared/explore'
import type { Ran, Resident } from '../loop/resident.ts'
import type { Desk } from './desk.ts'
import type { EventOf } from './events.ts'
import { testOf } from './round.ts'

/** Where one fault more than the retries is one too many: whoever waits gives up, and that is
 *  right. */
const givenUp = ['STUCK', 'DEAD_LETTERED']
/** What says that the search took too long, or was stopped. */
const unfinished = ['TIMEOUT', 'WAITS', 'pending']

/** Whoever tries things out saves again soon; the machine is theirs until then. */
const quietMs = 1_500

/** Starts what runs tests with these variables in their environment. */
export type OpenResident = (
  environment: Readonly<Record<string, string>>,
) => Promise<Pick<Resident, 'run' | 'stop'> & AsyncDisposable>

const whileQuiet = (signal: AbortSignal): Promise<void> =>
  sleep(quietMs, undefined, { signal }).catch(() => undefined)

export class Wider implements AsyncDisposable {
  readonly #open: OpenResident
  readonly #quiet: (signal: AbortSignal) => Promise<void>
  #stop: () => void = () => undefined
  #running: Promise<void> = Promise.resolve()

  /** `quiet` resolves when nothing has happened for long enough, or `signal` was aborted. */
  constructor(open: OpenResident, quiet: (signal: AbortSignal) => Promise<void> = whileQuiet) {
    this.#open = open
    this.#quiet = quiet
  }

  /** Begins, and tells on `desk` what came of it; nothing where it was stopped. */
  begin(desk: Desk): void {
    this.#stop()
    const stopped = new AbortController()
    this.#stop = () => stopped.abort()
    this.#running = this.#running.then(() => this.#run(desk, stopped.signal))
  }

  /** Gives up what is under way, at once. */
  giveWay(): void {
    this.#stop()
  }

  /** Gives up, and resolves once nothing runs any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop()
    await this.#running
  }

  async #run(desk: Desk, signal: AbortSignal): Promise<void> {
    await this.#quiet(signal)
    if (signal.aborted) return
    const { name: exercise, folder } = desk
    try {
      await using resident = await this.#open({ [widerVariable]: '1' })
      signal.addEventListener('abort', () => void resident.stop(), { once: true })
      if (signal.aborted) return
      desk.emit({ kind: 'wider', exercise, state: 'running', schedules: 0 })
      const ran = await resident.run(folder)
      if (!signal.aborted) desk.emit({ kind: 'wider', exercise, ...cameOf(ran) })
    } catch (error) {
      // It was an offer. What goes wrong with it must not end the day.
      if (!signal.aborted) desk.emit({ kind: 'notice', text: `Wider bounds: ${String(error)}` })
    }
  }
}

function cameOf({ outcomes }: Ran): Pick<EventOf<'wider'>, 'state' | 'schedules' | 'test'> {
  const ignored = [...givenUp, ...unfinished]
  const broken = outcomes.find(({ ok, code = '' }) => !ok && !ignored.includes(code))
  const explored = outcomes.flatMap((outcome) => outcome.explored)
  const schedules = explored.reduce((sum, one) => sum + one.schedules, 0)
  if (broken) return { state: 'breaks', schedules, test: testOf(broken) }
  return { state: 'holds', schedules }
}
