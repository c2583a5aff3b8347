export { TooLarge, Unavailable, Unknown } from './outcomes.ts'
export { type RealWorldOptions, realWorld } from './real-world.ts'
export type { Clock, Ids, World } from './world.ts'
