// How long writes waited until their transaction began, and what of that no policy of ours could
// have spared them: the collector stopped the process, or the system gave its core to another.

import type { Commit } from '@workshop/shared/sqlite'
import type { Contender } from './contender.ts'
import { GcPauses, type Span } from './gc-pauses.ts'
import { OffCore } from './off-core.ts'
import { rounded } from './rounds.ts'

/** What no write should have waited for. */
const boundMs = 2

type Late = Span & {
  /** Since the transaction before, or since its contender began. */
  readonly offCoreMs: number
}

/** Of all transactions since the last `reset`: of each the write that waited longest. */
export class Waits {
  readonly #pauses = new GcPauses()
  readonly #offCore = new OffCore()
  #longestMs = 0
  #writes = 0
  #commits = 0
  #late: Late[] = []

  /** `contender`, of whose rounds alone something is counted: others have rounds in between. */
  over(contender: Contender): Contender {
    return {
      ...contender,
      start: (prefetch, onHandled) => {
        this.#offCore.sinceLastMs()
        return contender.start(prefetch, onHandled)
      },
    }
  }

  readonly add = ({ writes, waitedMs }: Commit): void => {
    const offCoreMs = this.#offCore.sinceLastMs()
    this.#longestMs = Math.max(this.#longestMs, waitedMs)
    this.#writes += writes
    this.#commits += 1
    if (waitedMs <= boundMs) return
    const endMs = performance.now()
    this.#late.push({ startMs: endMs - waitedMs, endMs, offCoreMs })
  }

  get figures() {
    const running = this.#late.filter((late) => !this.#pauses.isIn(late))
    const slow = running.filter((late) => late.endMs - late.startMs - late.offCoreMs > boundMs)
    return {
      writesPerCommit: rounded(this.#writes / this.#commits, 1),
      longestWaitMs: rounded(this.#longestMs),
      commits: this.#commits,
      [`commitsAfter${boundMs}Ms`]: this.#late.length,
      ofTheseAmidGc: this.#late.length - running.length,
      ofTheseWithoutCore: running.length - slow.length,
    }
  }

  reset(): void {
    this.#longestMs = 0
    this.#writes = 0
    this.#commits = 0
    this.#late = []
  }

  close(): void {
    this.#pauses.close()
  }
}
