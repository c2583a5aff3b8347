// Nests behaviours: the first is the outermost. Each call of `next` runs everything inside once,
// and two calls of one behaviour never overlap: two runs of a handler for one delivery at once
// would be a bug that no test of the handler shows.

import type { Next } from './behaviour.ts'

type Layer<Context, Changes> = (context: Context, next: Next<Changes>) => Promise<void>

export type Composition<Context, Changes> = {
  readonly layers: readonly Layer<Context, Changes>[]
  /** What the innermost `next` runs. */
  readonly core: (context: Context) => Promise<void>
  /** The fresh context of a call of `next`. */
  readonly fork: (context: Context, changes: Changes | undefined) => Context
}

/** One function that runs `core` inside of all `layers`. */
export function compose<Context, Changes>({
  layers,
  core,
  fork,
}: Composition<Context, Changes>): (context: Context) => Promise<void> {
  const run = async (depth: number, context: Context): Promise<void> => {
    const layer = layers[depth]
    if (!layer) {
      // Not returned: to return a promise costs two microtasks more than to await it.
      await core(context)
      return
    }
    let inside: Promise<void> | undefined
    const enter = async (inner: Context): Promise<void> => {
      try {
        await run(depth + 1, inner)
      } finally {
        inside = undefined
      }
    }
    await layer(context, (changes) => {
      if (inside) {
        return Promise.reject(
          new Error('next() was called again before its last call had settled. Await each call'),
        )
      }
      inside = enter(fork(context, changes))
      return inside
    })
    if (!inside) return
    // Whoever should have awaited it gets this error; its own failure must not end the process.
    inside.catch(() => undefined)
    throw new Error('a behaviour returned before its next() had settled. Await next()')
  }
  return (context) => run(0, context)
}
