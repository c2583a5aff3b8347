export { type Act, actInWords, type CrashAct, isAbout, type RunAct } from './act.ts'
export type { Faults } from './budget.ts'
export { digestOf, digestOfText, empty, join, mix } from './digest.ts'
export {
  type Counterexample,
  type ExploreSystemOptions,
  exploreSystem,
  replaySystem,
  type SystemOptions,
  type SystemReplay,
  type SystemReport,
  type SystemTold,
  type SystemWalk,
  tellSystem,
  walkSystem,
  type WalkOptions,
} from './explore-system.ts'
export type { Coverage, Effort } from './explorer.ts'
export type { Finding } from './finding.ts'
export type { Access, Fault, Step } from './operation.ts'
export type { Lane } from './lane.ts'
export type { Happening } from './option.ts'
export type { Process, ProcessOptions } from './process.ts'
export type { Checks, System } from './run.ts'
export { randomOf } from './strategy.ts'
export type { Simulation } from './simulation.ts'
export { type Source, sourceOf } from './source.ts'
export { linesOf, Trace, type TraceStep } from './trace.ts'
export { type ClockOptions, simulatedWorld } from './world.ts'
export { simulatedCase, type SimulatedTime, type TestCase } from './test-case.ts'
