// The bounds of what `list` and `pending` may be asked for, the same for every adapter.

import type { ListOptions } from './store.ts'

/** The most entries that one call returns. */
export const maxListed = 1000

/** `options` with their defaults. Throws a TypeError unless they are within their bounds. */
export function checkListOptions({ limit, olderThanMs = 0 }: ListOptions): Required<ListOptions> {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxListed) {
    throw new TypeError(`expected a limit of 1 to ${maxListed} entries, got ${String(limit)}`)
  }
  if (!Number.isFinite(olderThanMs) || olderThanMs < 0) {
    throw new TypeError(`expected an age of 0 ms or more, got ${String(olderThanMs)}`)
  }
  return { limit, olderThanMs }
}
