// Where a soak takes place: a broker of its own, in a folder of its own, and what can be done to
// it.

import { join } from 'node:path'
import type { Broker } from '@workshop/shared/broker'
import type { BrokerPlace } from './protocol.ts'

export interface Place extends AsyncDisposable {
  readonly kind: 'sqlite' | 'rabbitmq'
  /** How the process of a slot reaches the broker. */
  reach(slot: string): BrokerPlace
  /** Called once everything is declared: from then on a kill loses nothing. */
  settle(broker: Broker): Promise<void>
  /** Undefined where there is no wire. */
  readonly wires: Wires | undefined
  /** Ends the broker as a power cut would, and starts it again. Undefined where the broker is
   *  nothing but its processes. */
  readonly restart: (() => Promise<void>) | undefined
}

export type Wires = {
  readonly slots: readonly string[]
  /** Resets the connections of a slot. */
  cut(slot: string): void
  /** For so long nothing of it passes, not even a hang-up. */
  swallow(slot: string, ms: number): Promise<void>
}

/** A paused process has lost its messages after this time: pauses are longer. */
const leaseMs = 1000

export const sqlitePlace = (folder: string): Place => ({
  kind: 'sqlite',
  reach: () => ({ kind: 'sqlite', directory: join(folder, 'broker'), leaseMs }),
  settle: () => Promise.resolve(),
  wires: undefined,
  restart: undefined,
  [Symbol.asyncDispose]: () => Promise.resolve(),
})
