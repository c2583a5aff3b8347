// What an endpoint does unless it is told otherwise, from the outside in: a message that keeps
// failing ends in the dead letters, after delayed and immediate retries; conflicts are retried in
// place.

import type { Behaviour } from '../behaviour.ts'
import { conflictRetry, type ConflictRetryOptions } from './conflict-retry.ts'
import { deadLetter } from './dead-letter.ts'
import { delayedRetry, type DelayedRetryOptions } from './delayed-retry.ts'
import { immediateRetry, type ImmediateRetryOptions } from './immediate-retry.ts'
import { log } from './log.ts'
import { timeLimit, type TimeLimitOptions } from './time-limit.ts'
import { trace, type TraceOptions } from './trace.ts'

export type StandardOptions = {
  readonly delayed?: DelayedRetryOptions
  readonly immediate?: ImmediateRetryOptions
  readonly conflict?: ConflictRetryOptions
  readonly limit?: TimeLimitOptions
  readonly tracing?: TraceOptions
}

export function standard(options: StandardOptions = {}): readonly Behaviour[] {
  return [
    deadLetter(),
    delayedRetry(options.delayed),
    trace(options.tracing),
    log(),
    immediateRetry(options.immediate),
    conflictRetry(options.conflict),
    timeLimit(options.limit),
  ]
}
