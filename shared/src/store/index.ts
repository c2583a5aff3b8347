export { sqliteStore, type SqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts'
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
