// What an operator wants to know of inboxes and outboxes, as two callbacks: one line each for any
// library of metrics. A meter must not throw, and nobody waits for it.

export type Counted =
  /** Messages whose effect was saved: each once, as far as the record is kept. */
  | 'stored'
  /** Messages that were skipped, as their effect had been saved before. */
  | 'duplicates'
  /** Outgoing messages that the broker has taken; one that was sent again counts again. */
  | 'dispatched'
  /** Records that a relay has dispatched, because nobody else had. */
  | 'relayed'
  /** Records that were removed after their retention. */
  | 'removed'

export type Gauged =
  /** Records that a pass of the relay found, of age and not dispatched: as many as it looks at. */
  | 'pending'
  /** The age of the oldest of them, in milliseconds; 0 where there is none. It grows as long as
   *  something cannot be dispatched: the one to be woken by. */
  | 'oldestPendingMs'

export interface Meter {
  readonly count: (what: Counted, endpoint: string, by: number) => void
  readonly gauge: (what: Gauged, value: number) => void
}

export const noMeter: Meter = { count: () => undefined, gauge: () => undefined }

export type Counters = Meter & {
  /** The sum over all endpoints, or of one. */
  readonly total: (what: Counted, endpoint?: string) => number
  readonly last: (what: Gauged) => number
  /** The endpoints of which something was counted. */
  readonly endpoints: () => readonly string[]
}

/** A meter that adds up, for tests and for a page of numbers. */
export function counters(): Counters {
  const counts = new Map<Counted, Map<string, number>>()
  const gauges = new Map<Gauged, number>()
  return {
    count: (what, endpoint, by) => {
      const each = counts.get(what) ?? new Map<string, number>()
      counts.set(what, each.set(endpoint, (each.get(endpoint) ?? 0) + by))
    },
    gauge: (what, value) => void gauges.set(what, value),
    total: (what, endpoint) =>
      [...(counts.get(what) ?? [])]
        .filter(([name]) => endpoint === undefined || name === endpoint)
        .reduce((sum, [, count]) => sum + count, 0),
    last: (what) => gauges.get(what) ?? 0,
    endpoints: () => [...new Set([...counts.values()].flatMap((each) => [...each.keys()]))],
  }
}
