// Checks the numbers that callers give, before any effect. Outside their bounds they are refused
// with a RangeError, never bent.

import { maxDelayMs } from '../outcome.ts'

/** `value` as it is, a whole number within `bounds`, both included. */
export function checkWithin(
  name: string,
  value: number,
  [min, max]: readonly [number, number],
): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new RangeError(`expected ${name} to be a whole number from ${min} to ${max}, got ${value}`)
}

/** `delayMs` in whole milliseconds, rounded up: no message comes too early. */
export function checkDelay(delayMs: number): number {
  if (delayMs >= 0 && delayMs <= maxDelayMs) return Math.ceil(delayMs)
  throw new RangeError(`expected delayMs to be from 0 to ${maxDelayMs}, got ${delayMs}`)
}
