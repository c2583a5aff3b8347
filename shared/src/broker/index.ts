export {
  type Address,
  type Broker,
  type BrokerFeatures,
  type BrokerState,
  type Consumer,
  type ConsumeOptions,
  type ConsumerStats,
  deadLetterQueue,
  type Delivery,
  type Handle,
  type Outcome,
  type PublishOptions,
  type QueueSpec,
  type Settled,
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
export {
  type BrokerDetail,
  type BrokerEvent,
  type CopyKind,
  type ShownMessage,
} from './simulated/detail.ts'
export { openQueueFile, type QueueNumbers, queuesIn } from './sqlite/queue-file.ts'
export { SimulatedBroker, type SimulatedBrokerOptions } from './simulated/simulated-broker.ts'
export { checkDelay, checkWithin } from './limits.ts'
export { decoratedBroker } from './decorated-broker.ts'
export {
  type BrokerSpec,
  type BrokerWish,
  chooseBroker,
  type ChosenBroker,
  openBroker,
} from './choose-broker.ts'
export { rabbitmqBroker, type RabbitmqBroker } from './rabbitmq/rabbitmq-broker.ts'
export type { RabbitmqNotice, RabbitmqOptions } from './rabbitmq/options.ts'
