export { noteAll, type Noting } from './agenda.ts'
export { type Background, type BackgroundOptions, startBackground } from './background.ts'
export { inbox, type InboxOptions } from './inbox.ts'
export { type Counted, type Counters, counters, type Gauged, type Meter, noMeter } from './meter.ts'
export { once, type OnceOptions, type Processed } from './once.ts'
export { partitionIn, type PartitionOf } from './partition.ts'
export {
  type InboxRecord,
  type LoadedRecord,
  loadRecord,
  placeOf,
  recordKey,
  recordIn,
  type RecordPlace,
} from './record.ts'
export {
  type RetentionOptions,
  retentionPass,
  type RetentionPassOptions,
  startRetention,
} from './retention.ts'
