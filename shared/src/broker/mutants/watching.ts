// Mistakes in what is told to those who operate a broker: B33 to B35.

import type { ConsumeOptions, Settled } from '../broker.ts'
import { misconsuming, mistaken, type Mutant } from './mutant.ts'

type Told = NonNullable<ConsumeOptions['onSettled']>

/** A mistake in what a consumer tells. */
const mistelling = (fails: string, mistake: string, change: (told: Told) => Told): Mutant =>
  mistaken(fails, mistake, (broker) => ({
    consume: (queue, handle, { onSettled, ...options } = {}) =>
      broker.consume(queue, handle, {
        ...options,
        ...(onSettled ? { onSettled: change(onSettled) } : {}),
      }),
  }))

export const watchingMutants: readonly Mutant[] = [
  mistelling('B33', 'tells what became of a delivery twice', (told) => (...settled) => {
    told(...settled)
    told(...settled)
  }),
  mistelling('B33', 'tells of acknowledgements only', (told) => (delivery, settled) => {
    if (settled === 'acked') told(delivery, settled)
  }),
  mistelling('B33', 'tells what was decided, and not what became of it', (told) => {
    const decided = (attempt: number, settled: Settled): Settled =>
      settled === 'deadLettered' && attempt > 1 ? 'retried' : settled
    return (delivery, settled) => told(delivery, decided(delivery.attempt, settled))
  }),
  mistelling('B33', 'tells it some time after it was counted', (told) => {
    const held: Parameters<Told>[] = []
    return (...settled) => {
      held.push(settled)
      if (held.length % 2 === 0) for (const one of held.splice(0)) told(...one)
    }
  }),
  mistelling(
    'B33b',
    'tells nothing of what was settled too late',
    (told) => (delivery, settled) => {
      if (settled !== 'lost') told(delivery, settled)
    },
  ),
  mistelling('B33b', 'tells of a copy of the delivery', (told) => (delivery, settled) => {
    told({ ...delivery }, settled)
  }),
  misconsuming('B34', 'claims to receive although it has stopped', () => ({ isReceiving: true })),
  misconsuming('B34', 'claims to have stopped although it receives', () => ({
    isReceiving: false,
  })),
  mistaken('B35', 'is ready although it is closed', () => ({ state: { kind: 'ready' } })),
  mistaken('B35', 'is closed once it has closed, and not while it closes', (broker) => {
    let isClosed = false
    return {
      get state() {
        return isClosed ? ({ kind: 'closed' } as const) : ({ kind: 'ready' } as const)
      },
      close: async () => {
        await broker.close()
        isClosed = true
      },
    }
  }),
]
