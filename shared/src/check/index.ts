export { type FailureCode, failureCodes, isFailureCode } from './codes.ts'
export { History, type HistoryEvent } from './history.ts'
export {
  effectOnce,
  kept,
  type Kept,
  noCodedFailure,
  noDeadLetters,
  published,
} from './properties.ts'
export { recordedBroker, recordedStore } from './recording.ts'
export { type View, view, type ViewParts } from './view.ts'
export { demand, type Verdict, Violation } from './violation.ts'
