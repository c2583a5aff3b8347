// One who processes messages, whoever wrote it: what is compared.

import type { WireMessage } from '@workshop/shared/message'

export type Contender = {
  /** Puts commands into its queue, which is no part of a measurement. */
  readonly fill: (messages: readonly WireMessage[]) => Promise<void>
  /** Takes what is in its queue, and tells of each message that is done. */
  readonly start: (prefetch: number, onHandled: () => void) => Promise<AsyncDisposable>
  /** Removes what it has sent. */
  readonly tidy: () => Promise<unknown>
  readonly close: () => Promise<void>
}

/** The first messages find everything cold, and do not count. */
const warmUp = 0.1
const limitMs = 60_000

/** How many of `messages` it does in a second. */
export async function rateOf(
  contender: Contender,
  messages: readonly WireMessage[],
  prefetch: number,
): Promise<number> {
  await contender.fill(messages)
  const from = Math.ceil(messages.length * warmUp)
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(
    () => reject(new Error(`expected ${messages.length} messages within ${limitMs} ms`)),
    limitMs,
  )
  let handled = 0
  let [startedMs, endedMs] = [0, 0]
  const onHandled = (): void => {
    handled += 1
    if (handled === from) startedMs = performance.now()
    if (handled !== messages.length) return
    endedMs = performance.now()
    resolve()
  }
  try {
    await using _running = await contender.start(prefetch, onHandled)
    await done
  } finally {
    clearTimeout(late)
  }
  await contender.tidy()
  return ((messages.length - from) * 1000) / (endedMs - startedMs)
}
