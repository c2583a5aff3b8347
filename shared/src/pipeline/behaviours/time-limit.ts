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

export function timeLimit({ ms = 30_000 }: TimeLimitOptions = {}): Behaviour {
  return {
    incoming: async (context, next) => {
      const limit = new AbortController()
      const done = new AbortController()
      const work = next({ signal: AbortSignal.any([context.signal, limit.signal]) })
      const timer = context.sleep(ms, done.signal).then(
        () => {
          const error = new TimeLimitExceeded(
            `expected the handler of ${context.message.type} to take at most ${ms} ms, got no end`,
          )
          limit.abort(error)
          throw error
        },
        () => undefined,
      )
      try {
        await Promise.race([work, timer.then(() => work)])
      } finally {
        done.abort()
      }
    },
  }
}
