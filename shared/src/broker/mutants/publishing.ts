// Mistakes in publishing and routing: B1 to B11.

import { setTimeout as timer } from 'node:timers/promises'
import { TooLarge, Unavailable } from '../../world/index.ts'
import { TopologyMismatch, Unroutable } from '../broker.ts'
import { impatientWorld, mistaken, type Mutant, mutant } from './mutant.ts'

const nobody = (): void => {}

export const publishingMutants: readonly Mutant[] = [
  mistaken('B1', 'confirms before the message is stored', (broker) => ({
    publish: async (...call) => {
      broker.publish(...call).catch(nobody)
    },
  })),
  mistaken('B1', 'stores a message only where somebody consumes', (broker) => {
    let hasConsumer = false
    return {
      consume: (...call) => {
        hasConsumer = true
        return broker.consume(...call)
      },
      publish: async (...call) => {
        if (hasConsumer) await broker.publish(...call)
      },
    }
  }),
  mistaken('B2', 'takes the body for text', (broker) => ({
    publish: (to, message, options) => {
      const text = new TextDecoder().decode(message.body)
      const body = new TextEncoder().encode(text).subarray(0, message.body.length)
      return broker.publish(to, { ...message, body }, options)
    },
  })),
  mistaken('B2', 'sends the whole buffer that a body is a part of', (broker) => ({
    publish: (to, message, options) =>
      broker.publish(to, { ...message, body: new Uint8Array(message.body.buffer) }, options),
  })),
  mistaken('B3', 'writes the names of headers in lower case', (broker) => ({
    publish: (to, message, options) => {
      const lower = Object.entries(message.headers).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ])
      return broker.publish(to, { ...message, headers: Object.fromEntries(lower) }, options)
    },
  })),
  mistaken('B3', 'leaves out headers that are empty', (broker) => ({
    publish: (to, message, options) => {
      const full = Object.entries(message.headers).filter(([, value]) => value !== '')
      return broker.publish(to, { ...message, headers: Object.fromEntries(full) }, options)
    },
  })),
  mistaken('B3', 'cuts an id after 200 bytes', (broker) => ({
    publish: (to, message, options) => {
      const id = Buffer.from(message.id).subarray(0, 200).toString()
      return broker.publish(to, { ...message, id }, options)
    },
  })),
  mistaken('B4', 'refuses a message that is too large after it stored a part of it', (broker) => ({
    publish: async (to, message, options) => {
      try {
        await broker.publish(to, message, options)
      } catch (error) {
        const part = { ...message, headers: {}, body: message.body.subarray(0, 100) }
        if (error instanceof TooLarge) await broker.publish(to, part, options)
        throw error
      }
    },
  })),
  mistaken('B4', 'confirms a message that is too large', (broker) => ({
    publish: async (...call) => {
      try {
        await broker.publish(...call)
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
      }
    },
  })),
  mistaken('B5', 'makes a queue that nobody declared', (broker) => ({
    publish: async (to, message, options) => {
      const queues = 'queue' in to ? [{ name: to.queue }] : []
      await broker.declare({ queues, bindings: [] })
      await broker.publish(to, message, options)
    },
  })),
  mistaken('B5', 'confirms a message that no queue took', (broker) => ({
    publish: async (...call) => {
      try {
        await broker.publish(...call)
      } catch (error) {
        if (!(error instanceof Unroutable)) throw error
      }
    },
  })),
  mistaken('B5', 'refuses the neighbours of a message that no queue took', (broker) => {
    let trouble: Promise<void> = Promise.resolve()
    return {
      publish: async (...call) => {
        const published = broker.publish(...call)
        trouble = Promise.all([trouble, published]).then(nobody)
        trouble.catch(nobody)
        await timer(20)
        await trouble
      },
    }
  }),
  mistaken('B6', 'gives an event to one of its queues', (broker) => ({
    declare: ({ queues, bindings }) => broker.declare({ queues, bindings: bindings.slice(0, 1) }),
  })),
  mistaken('B6', 'gives an event to every queue', (broker) => ({
    declare: ({ queues, bindings }) => {
      const all = queues.flatMap(({ name }) =>
        bindings.map(({ event }) => ({ event, queue: name })),
      )
      return broker.declare({ queues, bindings: all })
    },
  })),
  mutant('B7', 'refuses an event that nobody wants', () => {
    const wanted = new Set<string>()
    return (broker) => ({
      declare: async (topology) => {
        await broker.declare(topology)
        for (const { event } of topology.bindings) wanted.add(event)
      },
      publish: async (to, message, options) => {
        if ('event' in to && !wanted.has(to.event)) throw new Unroutable(`nobody wants ${to.event}`)
        await broker.publish(to, message, options)
      },
    })
  }),
  mistaken('B7', 'keeps an event for those who will be bound to it later', (broker) => {
    const kept: Parameters<typeof broker.publish>[] = []
    return {
      declare: async (topology) => {
        await broker.declare(topology)
        if (topology.bindings.length === 0) return
        for (const call of kept.splice(0)) await broker.publish(...call)
      },
      publish: async (...call) => {
        await broker.publish(...call)
        if ('event' in call[0]) kept.push(call)
      },
    }
  }),
  mistaken('B8', 'delivers a delayed message at once', (broker) => ({
    publish: (to, message) => broker.publish(to, message),
  })),
  mistaken('B8b', 'lets a delayed message hold up those behind it', (broker) => {
    let dueMs = 0
    return {
      publish: (to, message, { delayMs = 0 } = {}) => {
        dueMs = Math.max(dueMs, Date.now() + delayMs)
        return broker.publish(to, message, { delayMs: Math.max(0, dueMs - Date.now()) })
      },
    }
  }),
  mistaken('B9', 'keeps a delayed message in the memory of its publisher', (broker) => ({
    publish: async (to, message, { delayMs = 0 } = {}) => {
      if (delayMs === 0) return broker.publish(to, message)
      const later = async (): Promise<void> => {
        await timer(delayMs)
        await broker.publish(to, message)
      }
      later().catch(nobody)
    },
  })),
  {
    fails: 'B9',
    mistake: 'forgets the messages when its last process is gone',
    world: async () => {
      const [before, after] = [await impatientWorld(), await impatientWorld()]
      const living = new Set<unknown>()
      let hasForgotten = false
      return {
        ...before,
        open: async () => {
          const broker = await (hasForgotten ? after : before).open()
          if (hasForgotten) await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
          living.add(broker)
          return broker
        },
        crash: async (broker) => {
          await before.crash(broker)
          living.delete(broker)
          hasForgotten ||= living.size === 0
        },
        [Symbol.asyncDispose]: async () => {
          await before[Symbol.asyncDispose]()
          await after[Symbol.asyncDispose]()
        },
      }
    },
  },
  mutant('B10', 'refuses to declare a queue twice', () => {
    const declared = new Set<string>()
    return (broker) => ({
      declare: async (topology) => {
        for (const { name } of topology.queues) {
          if (declared.has(name)) throw new Unavailable(`there is a queue ${name}`)
          declared.add(name)
        }
        await broker.declare(topology)
      },
    })
  }),
  mutant('B10', 'binds a queue once more with each declaration', () => {
    let bound = 0
    return (broker) => ({
      declare: async (topology) => {
        await broker.declare(topology)
        bound += topology.bindings.length
      },
      publish: async (to, message, options) => {
        const copies = 'event' in to ? bound : 1
        for (let copy = 0; copy < copies; copy += 1) await broker.publish(to, message, options)
      },
    })
  }),
  mistaken('B11', 'declares what fits before it finds what does not', (broker) => ({
    declare: async ({ queues, bindings }) => {
      for (const queue of queues) await broker.declare({ queues: [queue], bindings: [] })
      await broker.declare({ queues: [], bindings })
    },
  })),
  mistaken('B11', 'keeps the settings that exist without a word', (broker) => ({
    declare: async (topology) => {
      try {
        await broker.declare(topology)
      } catch (error) {
        if (!(error instanceof TopologyMismatch)) throw error
      }
    },
  })),
]
