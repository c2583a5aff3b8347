// The system's clock, as somebody may set it: what `Date.now` says is shifted until this is disposed
// of. Timers and `performance.now` go on as they were, which is what they do on a computer too.

export interface ShiftedClock extends Disposable {
  set(shiftMs: number): void
}

export const dayMs = 86_400_000

export function shiftedClock(): ShiftedClock {
  const { now } = Date
  let shiftMs = 0
  Date.now = () => now.call(Date) + shiftMs
  return {
    set: (ms) => {
      shiftMs = ms
    },
    [Symbol.dispose]: () => {
      Date.now = now
    },
  }
}
