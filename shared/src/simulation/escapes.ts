// Finds out where code leaves the simulated world: which real input, output or timer it began. Node
// tells of each through its async hooks. They slow promises down, so they are on for one run only,
// when it is known that something never came back.

import { createHook } from 'node:async_hooks'
import type { Finding } from './finding.ts'
import type { Pause } from './run.ts'
import { placeIn } from './source.ts'

export type Escape = {
  /** As Node calls it: `FSREQPROMISE`, `Timeout`. */
  readonly type: string
  readonly stack: string | undefined
}

/** What stays within the program. */
const inner = /^(PROMISE|TickObject|Microtask|Immediate|AsyncResource)$/

/** Does `work`, and tells of the first escape during it. */
export function* withEscapes<T>(
  work: Generator<Pause | undefined, T>,
): Generator<Pause | undefined, { readonly result: T; readonly escaped: Escape | undefined }> {
  let escaped: Escape | undefined
  const hook = createHook({
    init: (_id, type) => {
      if (!inner.test(type)) escaped ??= { type, stack: new Error('began').stack }
    },
  }).enable()
  try {
    const result = yield* work
    return { result, escaped }
  } finally {
    hook.disable()
  }
}

/** The finding for a lane that waits for what began outside of the simulated world. */
export function leftTheWorld(finding: Finding, { type, stack }: Escape): Finding {
  return {
    ...finding,
    code: 'REAL_TIME_USED',
    sentence:
      `${finding.sentence}: ${nameOf(type)}${placeIn(stack)}. A handler works with its context, and ` +
      'with nothing that a crash or a second run would see differently',
  }
}

function nameOf(type: string): string {
  if (type === 'Timeout') return 'a real timer'
  if (type.startsWith('FS')) return 'a real file'
  if (/TCP|PIPE|UDP|ADDRINFO|HTTP|TLS/.test(type)) return 'a real connection'
  return `real input or output (${type})`
}
