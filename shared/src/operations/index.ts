export { type Backlog, backlogOf } from './backlog.ts'
export { type Exposed, exposition, expositionType } from './exposition.ts'
export { maxLooked, type Replayed, replayDeadLetters, type ReplayOptions } from './replay.ts'
export { type Health, healthOf, type HealthOptions } from './health.ts'
