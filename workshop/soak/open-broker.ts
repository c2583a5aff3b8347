// Opens a broker for a process of a soak. It may be started while the broker is away.

import { type Broker, rabbitmqBroker, sqliteBroker } from '@workshop/shared/broker'
import { Unavailable, Unknown } from '@workshop/shared/world'
import { setTimeout as timer } from 'node:timers/promises'
import type { BrokerPlace } from './protocol.ts'

/** Longer than a broker takes to start again on a busy machine. */
const boundMs = 60_000
const pauseMs = 100

/** Short, so that a pause of a process, or a wire that swallows everything, is noticed soon. */
const impatient = { heartbeatS: 1, maxBackoffMs: 300, publishTimeoutMs: 5000 }

const openOnce = async (place: BrokerPlace): Promise<Broker> =>
  place.kind === 'sqlite' ? sqliteBroker(place) : rabbitmqBroker({ ...place, ...impatient })

/** What `begin` gives, over a broker that answers. Rejects when there is none within a minute. */
export async function withBroker<T>(
  place: BrokerPlace,
  begin: (broker: Broker) => Promise<T>,
): Promise<T> {
  const giveUpAtMs = performance.now() + boundMs
  for (;;) {
    let broker: Broker | undefined
    try {
      broker = await openOnce(place)
      return await begin(broker)
    } catch (error) {
      await broker?.close({ drainMs: 0 })
      const isAway = error instanceof Unavailable || error instanceof Unknown
      if (!isAway || performance.now() > giveUpAtMs) throw error
    }
    await timer(pauseMs)
  }
}
