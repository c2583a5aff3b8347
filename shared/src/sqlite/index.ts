export { type Database, type DatabaseOptions, openDatabase } from './database.ts'
export { type ExistingOptions, readExisting } from './existing.ts'
export { type Commit, GroupCommit, type GroupCommitOptions } from './group-commit.ts'
export { defaultLockedForMs, type LockedOptions, whenUnlocked } from './locked.ts'
