// Checks what callers give, before any effect, the same way for every adapter. What is outside of
// its bounds is refused, never bent.

import type { Topology } from './broker.ts'
import { maxDelayMs } from './outcome.ts'

/** How often a message is handed out where its queue says nothing else. */
export const defaultDeliveryLimit = 20
const maxDeliveryLimit = 1000
const queueName = /^[A-Za-z0-9_-]{1,100}$/

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

/** Throws unless every adapter can declare `topology`. */
export function checkTopology({ queues }: Topology): void {
  for (const { name, deliveryLimit = defaultDeliveryLimit } of queues) {
    if (!queueName.test(name)) {
      throw new TypeError(`expected a queue's name to match ${queueName.source}, got "${name}"`)
    }
    if (!Number.isInteger(deliveryLimit) || deliveryLimit < 1 || deliveryLimit > maxDeliveryLimit) {
      throw new RangeError(
        `expected the delivery limit of "${name}" to be 1 to ${maxDeliveryLimit}, ` +
          `got ${deliveryLimit}`,
      )
    }
  }
}
