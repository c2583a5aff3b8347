// Mistakes in stopping, closing and looking: B25 to B32.

import { setTimeout as timer } from 'node:timers/promises'
import { Unavailable } from '../../world/index.ts'
import type { Broker } from '../broker.ts'
import { misconsuming, mishandling, mistaken, type Mutant } from './mutant.ts'

const nobody = (): void => {}

export const stoppingMutants: readonly Mutant[] = [
  misconsuming('B25', 'stops without waiting for what is in flight', (consumer) => ({
    stop: async () => {
      consumer.stop().catch(nobody)
    },
  })),
  misconsuming('B25', 'empties the queue before it stops', (consumer, { broker, queue }) => ({
    stop: async () => {
      for (let polls = 0; polls < 200 && (await broker.count(queue)) > 0; polls += 1) await timer(5)
      await consumer.stop()
    },
  })),
  misconsuming('B25b', 'counts a retry as an acknowledgement', (consumer) => ({
    get stats() {
      const { stats } = consumer
      return { ...stats, acked: stats.acked + stats.retried, retried: 0 }
    },
  })),
  misconsuming('B25b', 'does not count dead letters as delivered', (consumer) => ({
    get stats() {
      const { stats } = consumer
      return { ...stats, delivered: stats.delivered - stats.deadLettered }
    },
  })),
  misconsuming('B26', 'waits for a hung handler for ever', (consumer) => ({
    stop: () => consumer.stop({ drainMs: 3_600_000 }),
  })),
  mishandling(
    'B26',
    'aborts no signal',
    (handle) => (delivery) => handle({ ...delivery, signal: new AbortController().signal }),
  ),
  mistaken('B26', 'keeps what is unsettled past the deadline', (broker) => ({
    consume: async (queue, handle, options) => {
      const abort = new AbortController()
      const signalled = (delivery: Parameters<typeof handle>[0]) =>
        handle({ ...delivery, signal: abort.signal })
      const consumer = await broker.consume(queue, signalled, options)
      return {
        inFlight: consumer.inFlight,
        isReceiving: true,
        get stats() {
          return consumer.stats
        },
        stop: async ({ drainMs = 5000 } = {}) => {
          await Promise.race([consumer.stop({ drainMs: 3_600_000 }), timer(drainMs)])
          abort.abort()
        },
        [Symbol.asyncDispose]: () => consumer.stop(),
      }
    },
  })),
  misconsuming('B26', 'counts a late settlement as one that was in time', (consumer) => ({
    get stats() {
      const { stats } = consumer
      return { ...stats, acked: stats.acked + stats.lost, lost: 0 }
    },
  })),
  misconsuming('B27', 'goes on after it stopped', () => ({
    stop: async () => {},
  })),
  misconsuming('B28', 'fails when it is stopped twice', (consumer) => {
    let isStopped = false
    return {
      stop: async () => {
        if (isStopped) throw new Unavailable('it is stopped')
        isStopped = true
        await consumer.stop()
      },
    }
  }),
  misconsuming('B28', 'does not wait when it is stopped twice', (consumer) => {
    let isStopped = false
    return {
      stop: async () => {
        if (isStopped) return
        isStopped = true
        await consumer.stop()
      },
    }
  }),
  mistaken('B29', 'drops what is more than it can hold at once', (broker) => {
    let running = 0
    return {
      publish: async (...call) => {
        if (running >= 1000) return
        running += 1
        await broker.publish(...call).finally(() => (running -= 1))
      },
    }
  }),
  mistaken('B29', 'refuses what is more than it can hold at once', (broker) => {
    let running = 0
    return {
      publish: async (...call) => {
        if (running >= 1000) throw new Unavailable('try again later')
        running += 1
        await broker.publish(...call).finally(() => (running -= 1))
      },
    }
  }),
  mistaken('B30', 'takes what it shows', (broker) => ({
    peek: async (queue, limit) => {
      const shown = await broker.peek(queue, limit)
      await remove(broker, queue, shown.length)
      return shown
    },
  })),
  mistaken('B30', 'shows more than it was asked for', (broker) => ({
    peek: (queue) => broker.peek(queue, 1000),
  })),
  mistaken('B30', 'shows the last messages first', (broker) => ({
    peek: async (queue, limit) => (await broker.peek(queue, 1000)).toReversed().slice(0, limit),
  })),
  mistaken('B31', 'counts what is in flight', (broker) => {
    const consumers: { readonly inFlight: number }[] = []
    return {
      consume: async (...call) => {
        const consumer = await broker.consume(...call)
        consumers.push(consumer)
        return consumer
      },
      count: async (queue) => {
        const inFlight = consumers.reduce((sum, consumer) => sum + consumer.inFlight, 0)
        return (await broker.count(queue)) + inFlight
      },
    }
  }),
  mistaken('B31', 'counts what is delayed', (broker) => {
    let delayed = 0
    return {
      publish: async (to, message, options) => {
        await broker.publish(to, message, options)
        if (options?.delayMs) delayed += 1
      },
      count: async (queue) => (await broker.count(queue)) + delayed,
    }
  }),
  mistaken('B32', 'closes without waiting for what is in flight', (broker) => ({
    close: () => broker.close({ drainMs: 0 }),
  })),
  mistaken('B32', 'confirms what is published after it was closed', (broker) => ({
    publish: async (...call) => {
      try {
        await broker.publish(...call)
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
      }
    },
  })),
  mistaken('B32', 'fails when it is closed twice', (broker) => {
    let isClosed = false
    return {
      close: async () => {
        if (isClosed) throw new Unavailable('it is closed')
        isClosed = true
        await broker.close()
      },
    }
  }),
  mistaken('B32b', 'confirms what it drops when it closes', (broker) => {
    let isClosing = false
    return {
      publish: async (...call) => {
        await timer(0)
        if (!isClosing) await broker.publish(...call)
      },
      close: () => {
        isClosing = true
        return broker.close()
      },
    }
  }),
  mistaken('B32b', 'refuses what it stores when it closes', (broker) => {
    let isClosing = false
    return {
      publish: async (...call) => {
        await broker.publish(...call)
        if (isClosing) throw new Unavailable('it is closed')
      },
      close: () => {
        isClosing = true
        return broker.close()
      },
    }
  }),
]

/** Takes the first `count` messages of `queue` away. */
async function remove(broker: Broker, queue: string, count: number): Promise<void> {
  const consumer = await broker.consume(queue, async () => ({ kind: 'ack' }), { prefetch: 1 })
  for (let polls = 0; polls < 200 && consumer.stats.acked < count; polls += 1) await timer(1)
  await consumer.stop()
}
