// When the garbage collector stopped the process: no policy of ours makes anything begin meanwhile.

import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'

/** Times of `performance.now()`. */
export type Span = { readonly startMs: number; readonly endMs: number }

/** A shorter one makes nobody late. */
const longMs = 0.5

export class GcPauses {
  readonly #observer = new PerformanceObserver((list) => this.#add(list.getEntries()))
  readonly #pauses: Span[] = []

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  /** Whether there was one of half a millisecond or more. */
  isIn({ startMs, endMs }: Span): boolean {
    this.#add(this.#observer.takeRecords())
    return this.#pauses.some((pause) => pause.startMs < endMs && pause.endMs > startMs)
  }

  close(): void {
    this.#observer.disconnect()
  }

  #add(entries: readonly PerformanceEntry[]): void {
    for (const { startTime, duration } of entries) {
      if (duration < longMs) continue
      this.#pauses.push({ startMs: startTime, endMs: startTime + duration })
    }
  }
}
