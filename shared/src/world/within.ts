// Waiting in the real world that always ends: in time, or at a deadline.

/** A deadline that passed. It says nothing about whether the work still happens. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

/** A machine that stands still makes nobody late: however long that lasts, it is one of these. */
const pieces = 10

/** What `work` gives; after `ms`, a rejection: a `DeadlinePassed` that says `what` was waited for,
 *  or the error that `what` makes. A failure of `work` after that is nobody's. */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  what: string | (() => Error),
): Promise<T> {
  let deadline: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    let left = ms < pieces ? 1 : pieces
    deadline = setInterval(
      () => {
        left -= 1
        if (left > 0) return
        const passed = (): Error => new DeadlinePassed(`expected ${String(what)} within ${ms} ms`)
        reject(typeof what === 'function' ? what() : passed())
      },
      Math.ceil(ms / left),
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearInterval(deadline)
  }
}
