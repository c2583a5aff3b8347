// Waiting for the event loop.

/** Resolves in the next turn, with how long that took, in milliseconds. */
export async function turnMs(nowMs: () => number): Promise<number> {
  const startedMs = nowMs()
  await new Promise<void>((resolve) => setImmediate(resolve))
  return nowMs() - startedMs
}

/** Resolves with the first of them, and after a millisecond in any case. */
export async function soonerOf(...others: readonly Promise<void>[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, 1)
  await Promise.race([promise, ...others])
  clearTimeout(timer)
}
