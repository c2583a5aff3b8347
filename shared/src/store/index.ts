export type { SqliteStore } from './sqlite/open-store.ts'
export {
  defaultLimits,
  sqliteStore,
  type SqliteStoreOptions,
  type StoreLimits,
} from './sqlite/sqlite-store.ts'
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
