export { play } from './play.ts'
export type { Faults, Specification } from './specification.ts'
