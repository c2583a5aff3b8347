export { ManualWorld, type ManualWorldOptions } from './manual-world.ts'
export { TooLarge, Unavailable, Unknown } from './outcomes.ts'
export { realWorld, type RealWorldOptions } from './real-world.ts'
export type { Clock, Ids, World } from './world.ts'
