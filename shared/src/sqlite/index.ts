export { type Database, type DatabaseOptions, openDatabase } from './database.ts'
export { GroupCommit, type GroupCommitOptions } from './group-commit.ts'
export { type LockedOptions, whenUnlocked } from './locked.ts'
