export {
  type Address,
  type Broker,
  type BrokerFeatures,
  type Consumer,
  type ConsumeOptions,
  type ConsumerStats,
  deadLetterQueue,
  type Delivery,
  type Handle,
  type Outcome,
  type PublishOptions,
  type QueueSpec,
  type StopOptions,
  type Topology,
  TopologyMismatch,
  Unroutable,
} from './broker.ts'
export {
  type SqliteBroker,
  sqliteBroker,
  type SqliteBrokerOptions,
} from './sqlite/sqlite-broker.ts'
export { decoratedBroker } from './decorated-broker.ts'
