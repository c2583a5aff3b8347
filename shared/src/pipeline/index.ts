export { Bag, type BagKey, bagKey } from './bag.ts'
export type {
  Behaviour,
  IncomingBehaviour,
  IncomingChanges,
  Next,
  OutgoingBehaviour,
  OutgoingChanges,
} from './behaviour.ts'
export { coinNames } from './coin-names.ts'
export { conflictRetry, type ConflictRetryOptions } from './behaviours/conflict-retry.ts'
export { deadLetter } from './behaviours/dead-letter.ts'
export { delayedRetry, type DelayedRetryOptions } from './behaviours/delayed-retry.ts'
export { immediateRetry, type ImmediateRetryOptions } from './behaviours/immediate-retry.ts'
export { idsOf, log } from './behaviours/log.ts'
export { type EndpointNumbers, type Metrics, metrics } from './behaviours/metrics.ts'
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
export { boundsMs, type HistogramNumbers } from './histogram.ts'
export { LocalCalls } from './local-calls.ts'
export { followed, followedHttp, NotAwaited, Pending } from './pending.ts'
export { reasonOf } from './reason.ts'
export { type Routes, type Sender } from './sender.ts'
export { effectOf, type Ending, type EndingKind, type Watch, type Watched } from './watch.ts'
export { type CallDetail, SimulatedCalls } from './simulated-calls.ts'
