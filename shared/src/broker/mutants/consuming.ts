// Mistakes in who is handed what: B19 to B24, and what is left of a consumer that died.

import { setTimeout as timer } from 'node:timers/promises'
import type { Broker, Handle } from '../broker.ts'
import { impatientWorld, mishandling, mistaken, type Mutant, mutant } from './mutant.ts'

export const consumingMutants: readonly Mutant[] = [
  ...['B17b', 'B21'].map((fails) => ({
    fails,
    mistake: 'does not count an attempt whose consumer died',
    world: async () => {
      const world = await impatientWorld()
      return { ...world, crash: (broker: Broker) => broker.close({ drainMs: 0 }) }
    },
  })),
  mistaken('B19', 'takes no notice of the prefetch', (broker) => ({
    consume: (queue, handle) => broker.consume(queue, handle, { prefetch: 1000 }),
  })),
  mistaken('B19', 'hands out one message at a time', (broker) => ({
    consume: (queue, handle) => broker.consume(queue, handle, { prefetch: 1 }),
  })),
  mutant('B20', 'gives each consumer a copy', () => {
    const handles: Handle[] = []
    return (broker) => ({
      consume: (queue, handle, options) => {
        handles.push(handle)
        const all: Handle = async (delivery) => {
          const outcomes = await Promise.all(handles.map((each) => each(delivery)))
          return outcomes[0] ?? handle(delivery)
        }
        return broker.consume(queue, all, options)
      },
    })
  }),
  mutant('B20', 'lets none but the first consumer work', () => {
    let isFirst = true
    return (broker) => ({
      consume: async (queue, handle, options) => {
        const works = isFirst
        isFirst = false
        const consumer = await broker.consume(queue, handle, options)
        if (!works) await consumer.stop()
        return consumer
      },
    })
  }),
  mishandling('B21', 'acknowledges before the handler is done', (handle) => async (delivery) => {
    handle(delivery).catch(() => {})
    return { kind: 'ack' }
  }),
  {
    fails: 'B21',
    mistake: 'never takes over what a dead process held',
    world: () => impatientWorld({ leaseMs: 3_600_000 }),
  },
  mishandling('B22', 'takes a slow handler for a dead one', (handle) => async (delivery) => {
    const slow = timer(300, undefined, { ref: false }).then(
      () => ({ kind: 'retry', delayMs: 0, reason: 'too slow' }) as const,
    )
    return Promise.race([handle(delivery), slow])
  }),
  mistaken('B23', 'lets each second message overtake the one before it', (broker) => {
    const held: Parameters<typeof broker.publish>[] = []
    return {
      publish: async (...call) => {
        if (held.length === 0) {
          held.push(call)
          return
        }
        await broker.publish(...call)
        for (const earlier of held.splice(0)) await broker.publish(...earlier)
      },
    }
  }),
  {
    fails: 'B24',
    mistake: 'notices nothing but what it publishes itself',
    world: () => impatientWorld({ pollMs: 3_600_000 }),
  },
]
