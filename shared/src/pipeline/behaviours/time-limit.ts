// Ends the wait for a handler that takes too long: its signal is aborted and the delivery fails.
// What the handler still does after that cannot be stopped, only ignored; pass the signal to
// whatever you wait for.

import type { Behaviour } from '../behaviour.ts'

export type TimeLimitOptions = {
  /** How long one run of the handler may take, in milliseconds. Default 30 000. */
  readonly ms?: number
}

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded'
}

/** What a timer can wait for: 24 days. */
const longestMs = 2_147_483_647

/** Throws a RangeError for a limit that no timer can keep. */
export function timeLimit({ ms = 30_000 }: TimeLimitOptions = {}): Behaviour {
  if (!(ms > 0 && ms <= longestMs)) {
    throw new RangeError(`expected a time limit of more than 0 to ${longestMs} ms, got ${ms}`)
  }
  return {
    incoming: async (context, next) => {
      const limit = new AbortController()
      // By hand: what `AbortSignal.any` makes costs several times as much, for each message.
      const passOn = (): void => limit.abort(context.signal.reason)
      if (context.signal.aborted) passOn()
      else context.signal.addEventListener('abort', passOn, { once: true })
      const work = next({ signal: limit.signal })
      const { promise: late, reject } = Promise.withResolvers<never>()
      const stop = context.alarm(ms, () => {
        const error = new TimeLimitExceeded(
          `expected the handler of ${context.message.type} to take at most ${ms} ms, got no end`,
        )
        limit.abort(error)
        reject(error)
      })
      try {
        await Promise.race([work, late])
      } finally {
        stop()
        context.signal.removeEventListener('abort', passOn)
      }
    },
  }
}
