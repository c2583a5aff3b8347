// Waiting for the event loop.

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Resolves with the first of them, and after a millisecond in any case. */
export async function soonerOf(...others: readonly Promise<void>[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, 1)
  await Promise.race([promise, ...others])
  clearTimeout(timer)
}
