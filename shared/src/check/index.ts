export { honoured } from './answers.ts'
export { type FailureCode, failureCodes, isFailureCode } from './codes.ts'
export { boundedGrowth, nothingLeft, nothingLeftIn } from './growth.ts'
export { History, type HistoryEvent } from './history.ts'
export { type Answered, heardBy, oneAnswer, responses, sentBy, told } from './http.ts'
export { neverBoth, noGhosts, oneBody, publishedFor, sameContent } from './messages.ts'
export { neverTwice } from './never-twice.ts'
export {
  codedFailure,
  effectOnce,
  effectTimes,
  gone,
  kept,
  type Kept,
  noCodedFailure,
  noDeadLetters,
  published,
} from './properties.ts'
export { recordedBroker, recordedHttp, recordedServe, recordedStore } from './recording.ts'
export { type Counted, exactlyOne, neverTwo } from './stored.ts'
export { LiveView, type LiveViewParts, type View, view, type ViewParts } from './view.ts'
export { demand, type Verdict, Violation, type ViolationOptions } from './violation.ts'
