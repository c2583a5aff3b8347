// The time of day in microseconds, so that two writes of a process are in order. It follows the
// clock of the machine where that was set, or went on while the machine slept.

export type ClockParts = {
  /** The clock of the machine, in milliseconds since 1970. */
  readonly wallMs: () => number
  /** Milliseconds and fractions of them since `originMs`; it never goes back. */
  readonly tickMs: () => number
  /** One for all clocks of a process, or they would differ by what `wallMs` rounds off. */
  readonly originMs: number
}

/** More than that between the two is no rounding. */
const toleratedMs = 20

export function microClock({ wallMs, tickMs, ...parts }: ClockParts): () => number {
  let { originMs } = parts
  return () => {
    const aheadMs = wallMs() - (originMs + tickMs())
    if (Math.abs(aheadMs) > toleratedMs) originMs += aheadMs
    return Math.floor((originMs + tickMs()) * 1000)
  }
}
