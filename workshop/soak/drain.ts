// Waits until a soak has nothing left to do: every queue is empty, and nobody notes anything down
// for longer than any message is held back.

import { stat } from 'node:fs/promises'
import { setTimeout as timer } from 'node:timers/promises'
import { type Broker, deadLetterQueue } from '@workshop/shared/broker'
import { patience, Unavailable, Unknown } from '@workshop/shared/world'

/** A retry waits a second at most, a late copy less, and a broker may hold it twice as long. */
const quietForMs = 3000
const pollMs = 250

export type DrainOptions = {
  readonly broker: () => Broker
  readonly queues: readonly string[]
  /** The files that grow while something happens. */
  readonly files: () => readonly string[]
  readonly isComplete: () => boolean
  readonly boundMs: number
  /** Nobody wants to know any more. */
  readonly signal: AbortSignal
}

/** Resolves with whether it became quiet within the bound. */
export async function drained(options: DrainOptions): Promise<boolean> {
  const { broker, queues, files, isComplete, boundMs, signal } = options
  const isLate = patience(boundMs)
  let before = -1
  let quietSinceMs = performance.now()
  while (!isLate() && !signal.aborted) {
    const size = await sizeOf(files())
    const isQuiet = size === before && isComplete() && (await areEmpty(broker, queues))
    before = size
    if (!isQuiet) quietSinceMs = performance.now()
    if (performance.now() - quietSinceMs >= quietForMs) return true
    await timer(pollMs)
  }
  return false
}

async function areEmpty(broker: () => Broker, queues: readonly string[]): Promise<boolean> {
  try {
    const counts = await Promise.all(queues.map((queue) => broker().count(queue)))
    return counts.every((count) => count === 0)
  } catch (error) {
    if (error instanceof Unavailable || error instanceof Unknown) return false
    throw error
  }
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What is left in each queue, and in its dead letters, once everybody has gone. */
export async function waitingIn(
  broker: Broker,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const all = queues.flatMap((queue) => [queue, deadLetterQueue(queue)])
  return new Map(
    await Promise.all(all.map(async (queue) => [queue, await broker.count(queue)] as const)),
  )
}
