// Counts what becomes of the deliveries of a process, for each of its endpoints. At every moment
//
//   delivered = handled + duplicates + retried + released + deadLettered + lost + inFlight
//
// where each delivery counts once, by what the broker says became of it. See `Ending` for what a
// duplicate is. The numbers are those of this process since it started: a crash takes them away,
// and what it had saved without settling comes again as a duplicate.

import type { Clock } from '../../world/index.ts'
import type { Behaviour } from '../behaviour.ts'
import { Histogram, type HistogramNumbers } from '../histogram.ts'
import type { EndingKind } from '../watch.ts'

export type EndpointNumbers = {
  readonly endpoint: string
  readonly delivered: number
  readonly handled: number
  readonly duplicates: number
  readonly retried: number
  readonly released: number
  readonly deadLettered: number
  /** Settled too late: the broker hands it out again. */
  readonly lost: number
  readonly inFlight: number
  /** The age of the oldest delivery in flight, in milliseconds; 0 where there is none. */
  readonly oldestInFlightMs: number
  /** From the beginning of each delivery until it was settled. */
  readonly handling: HistogramNumbers
}

export type Metrics = Behaviour & {
  /** The numbers at this moment, in the order in which the endpoints started. */
  readonly read: () => readonly EndpointNumbers[]
}

/** One for all endpoints of a process: `behaviours: [numbers, ...standard()]`. */
export function metrics(): Metrics {
  const endpoints = new Map<string, Numbers>()
  return {
    watch: ({ endpoint, clock }) => {
      const numbers = endpoints.get(endpoint) ?? new Numbers(clock)
      endpoints.set(endpoint, numbers)
      return () => {
        const end = numbers.begin()
        return ({ kind }) => end(kind)
      }
    },
    read: () => [...endpoints].map(([endpoint, numbers]) => ({ endpoint, ...numbers.read() })),
  }
}

class Numbers {
  readonly #clock: Clock
  readonly #handling = new Histogram()
  readonly #ended: Record<EndingKind, number>
  /** When each delivery in flight began; the first is the oldest. */
  readonly #inFlight = new Set<{ readonly startedMs: number }>()
  #delivered = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#ended = { handled: 0, duplicate: 0, retried: 0, released: 0, deadLettered: 0, lost: 0 }
  }

  begin(): (kind: EndingKind) => void {
    const delivery = { startedMs: this.#clock.nowMs() }
    this.#delivered += 1
    this.#inFlight.add(delivery)
    return (kind) => {
      this.#inFlight.delete(delivery)
      this.#ended[kind] += 1
      this.#handling.add(this.#clock.nowMs() - delivery.startedMs)
    }
  }

  read(): Omit<EndpointNumbers, 'endpoint'> {
    const { duplicate: duplicates, ...ended } = this.#ended
    const [oldest] = this.#inFlight
    return {
      delivered: this.#delivered,
      ...ended,
      duplicates,
      inFlight: this.#inFlight.size,
      oldestInFlightMs: oldest ? Math.max(0, this.#clock.nowMs() - oldest.startedMs) : 0,
      handling: this.#handling.read(),
    }
  }
}
