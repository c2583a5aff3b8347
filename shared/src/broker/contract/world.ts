// What a conformance case needs of the world it runs in: processes on one broker, and time. A case
// has no timer of its own, so that the same case runs on the real clock and through a simulated
// schedule.

import type { TestTime } from '../../world/index.ts'
import type { Broker, BrokerFeatures } from '../broker.ts'

export interface BrokerWorld extends TestTime {
  /** A handler that takes this long is slow, for this broker: longer than any lease that it
   *  takes. */
  readonly slowMs: number
  /** One more process that is connected to the same broker, which is empty at first. */
  open(): Promise<Broker>
  /** Ends that process as `kill -9` would: nothing settled, nothing waited for, and the results of
   *  its handlers have no effect. */
  crash(broker: Broker): Promise<void>
}

export type BrokerObligation = {
  /** The number in `broker.ts`: `B1`. A second case of the same number has a letter: `B15b`. */
  readonly id: string
  /** The guarantee, as a sentence. */
  readonly title: string
  /** Only adapters that declare this feature can pass. */
  readonly needs?: keyof BrokerFeatures
  run(world: BrokerWorld): Promise<void>
}
