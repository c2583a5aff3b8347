export type {
  Demonstration,
  DemonstrationEnd,
  SystemPart,
  SystemsDemonstration,
  SystemsEnd,
} from './demonstration.ts'
export { explore, type Explored, exploredChannel, type Report, summaryOf } from './explore.ts'
export { findsBug, knownHole, provokes, sparesCorrect } from './expectations.ts'
export { follow, type Followed } from './follow.ts'
export { crash, run, type RunOptions, type Scenario, type StepKind } from './scenario.ts'
export { longRun, type LongRunOptions, type LongRunReport } from './long-run.ts'
export { diagramOf } from './picture.ts'
export { play } from './play.ts'
export type { Measure } from './post.ts'
export type { Opening, Order, Report as ProcessReport } from './real/protocol.ts'
export { playOnProcesses, type RealBroker, type RealOptions } from './real/play-on-processes.ts'
export { serve } from './real/serve.ts'
export { columnsVariable, scheduleVariable, widerVariable, worldVariable } from './replay-line.ts'
export { once, untilTaken, untilThanked } from './scripts.ts'
export type {
  Client,
  Endpoint,
  Faults,
  Handlers,
  Script,
  Server,
  Specification,
  StoreTraits,
} from './specification.ts'
