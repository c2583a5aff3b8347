export { type Database, type DatabaseOptions, openDatabase } from './database.ts'
export { GroupCommit, type GroupCommitOptions } from './group-commit.ts'
export { defaultLockedForMs, type LockedOptions, whenUnlocked } from './locked.ts'
