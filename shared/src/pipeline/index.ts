export { Bag, type BagKey, bagKey } from './bag.ts'
export type {
  Behaviour,
  IncomingBehaviour,
  IncomingChanges,
  Next,
  OutgoingBehaviour,
  OutgoingChanges,
} from './behaviour.ts'
export { conflictRetry, type ConflictRetryOptions } from './behaviours/conflict-retry.ts'
export { deadLetter } from './behaviours/dead-letter.ts'
export { delayedRetry, type DelayedRetryOptions } from './behaviours/delayed-retry.ts'
export { immediateRetry, type ImmediateRetryOptions } from './behaviours/immediate-retry.ts'
export { log } from './behaviours/log.ts'
export { standard, type StandardOptions } from './behaviours/standard.ts'
export { timeLimit, TimeLimitExceeded, type TimeLimitOptions } from './behaviours/time-limit.ts'
export { type Span, trace, type TraceOptions } from './behaviours/trace.ts'
export type {
  DelayOptions,
  Dispatch,
  HandlerContext,
  IncomingContext,
  Log,
  OutgoingContext,
  Publish,
  Send,
} from './context.ts'
export {
  client,
  type ClientOptions,
  type EndpointOptions,
  routesTo,
  type RunningEndpoint,
  startEndpoint,
  topologyOf,
} from './endpoint.ts'
export { type Handler, handler, type MessageOf } from './handler.ts'
export { type LogOptions, pinoLog, silent } from './log.ts'
export { LocalCalls } from './local-calls.ts'
export { NotAwaited } from './pending.ts'
export { reasonOf } from './reason.ts'
export { type Routes, type Sender } from './sender.ts'
export { type CallDetail, SimulatedCalls } from './simulated-calls.ts'
