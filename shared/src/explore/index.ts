export type { Demonstration, DemonstrationEnd } from './demonstration.ts'
export { play } from './play.ts'
export type { Faults, Specification } from './specification.ts'
