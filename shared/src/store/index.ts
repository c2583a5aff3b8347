export type { DocumentClient } from './dynamodb/document-client.ts'
export { dynamodbStore, type DynamodbStoreOptions } from './dynamodb/dynamodb-store.ts'
export { dynamodbTable } from './dynamodb/table.ts'
export type { SqliteStore } from './sqlite/open-store.ts'
export { sqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts'
export { openStoreFile } from './sqlite/store-file.ts'
export { defaultLimits, type StoreLimits } from './limits.ts'
export type { KeyDetail, StoreDetail, StoreEvent } from './simulated/detail.ts'
export type { Expiry } from './simulated/entries.ts'
export { SimulatedStore, type SimulatedStoreOptions } from './simulated/simulated-store.ts'
export {
  absent,
  Conflict,
  type Entry,
  type ListOptions,
  type Loaded,
  type Store,
  type StoreFeatures,
  type Version,
  type Write,
} from './store.ts'
export { decoratedStore } from './decorated-store.ts'
export { UnitOfWork } from './unit-of-work.ts'
