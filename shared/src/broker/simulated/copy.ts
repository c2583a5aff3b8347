// One copy of a message in a queue of the simulated broker. It never changes: what is handed out
// again, or handed out twice, is another copy of the same message.

import type { WireMessage } from '../../message/index.ts'
import { mix } from '../../simulation/index.ts'
import type { CopyKind } from './detail.ts'

export type Copy = {
  readonly message: WireMessage
  /** The digest of the message, made once. */
  readonly digest: number
  /** What its deliveries are named after. */
  readonly name: string
  readonly kind: CopyKind
  /** How many deliveries of it have failed. */
  readonly failures: number
  /** When it may be handed out: a time that has passed, or not yet. */
  readonly dueAtMs: number
}

/** `message` as it is now, whatever its publisher does with it later, and whoever receives it. */
export function kept({ id, type, headers, body }: WireMessage): WireMessage {
  return Object.freeze({ id, type, headers: Object.freeze({ ...headers }), body: body.slice() })
}

/** The number of its next delivery, or of the one in flight: 1 where none has failed. */
export const attemptOf = ({ failures }: Copy): number => failures + 1

/** `copy`, to be handed out again. */
export function again(copy: Copy, { failures = 0, dueAtMs = 0 } = {}): Copy {
  return { ...copy, kind: 'redelivery', failures: copy.failures + failures, dueAtMs }
}

/** What tells it from another copy, as far as the future can. */
export const digestOfCopy = ({ digest, failures, dueAtMs }: Copy): number =>
  mix(mix(digest, failures), dueAtMs)
