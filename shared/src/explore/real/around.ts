// What is around the handlers of a specification on real adapters, and how a run ends there: the
// same for one process and for many.

import { type Broker, deadLetterQueue } from '../../broker/index.ts'
import {
  type HistoryEvent,
  noCodedFailure,
  noDeadLetters,
  type Verdict,
  type View,
  view,
} from '../../check/index.ts'
import { encode, type WireMessage } from '../../message/index.ts'
import {
  type Behaviour,
  conflictRetry,
  deadLetter,
  immediateRetry,
  timeLimit,
} from '../../pipeline/index.ts'
import type { SqliteStoreOptions, Store } from '../../store/index.ts'
import { behavioursOf } from '../handlers.ts'
import type { Endpoint, Specification } from '../specification.ts'

export type AroundOptions = {
  readonly endpoint: Endpoint
  /** How long one run of a handler may take. */
  readonly handlerMs: number
  /** Told of each run of a handler that fails. */
  readonly onFailure: (message: WireMessage, error: unknown) => void
}

/** The behaviours around an endpoint's handlers, the outermost first. */
export function around(
  specification: Specification,
  { endpoint, handlerMs, onFailure }: AroundOptions,
): readonly Behaviour[] {
  return [
    deadLetter(),
    {
      incoming: async ({ message }, next) => {
        try {
          await next()
        } catch (error) {
          onFailure(encode(message), error)
          throw error
        }
      },
    },
    immediateRetry(),
    conflictRetry(),
    timeLimit({ ms: handlerMs }),
    ...(specification.behaviours?.() ?? []),
    ...behavioursOf(endpoint),
  ]
}

/** The options for the real store. Nothing expires there: it keeps what it is given. */
export const limitsOf = ({ store }: Specification): Pick<SqliteStoreOptions, 'limits'> =>
  store?.limits ? { limits: store.limits } : {}

/** What the properties say of how it ended. `more` comes before those of the end. */
export const verdictsOn = (
  end: View,
  { deadLetters = false, ...asked }: Specification,
  more: readonly Verdict[] = [],
): readonly Verdict[] => [
  noCodedFailure(end),
  ...(deadLetters ? [] : [noDeadLetters(end)]),
  ...more,
  ...asked.finally(end),
]

export type Ended = {
  readonly broker: Broker
  readonly store: Store
  readonly history: readonly HistoryEvent[]
}

/** How it ended, for the properties. */
export async function endOf(
  { endpoints = {}, stored = {} }: Specification,
  { broker, store, history }: Ended,
): Promise<View> {
  const keys = new Set(Object.keys(stored))
  for (const event of history) if (event.kind === 'saved') keys.add(event.key)
  const entities = new Map<string, unknown>()
  for (const key of keys) {
    const { value } = await store.load<unknown>(key, undefined)
    if (value !== undefined) entities.set(key, value)
  }
  const dead = await Promise.all(
    Object.keys(endpoints).map((name) => broker.peek(deadLetterQueue(name), 100)),
  )
  return view({ entities, deadLetters: dead.flat(), history })
}
