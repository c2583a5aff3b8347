// A small story on the simulated broker, and everything that can come of it: each way in which some
// schedule ends, told as one line. The search is complete, so that what is not in the list cannot
// happen.

import { digestOf, exploreSystem, type Faults, type Simulation } from '../../../simulation/index.ts'
import type { Broker, Handle } from '../../broker.ts'
import { aMessage } from '../../contract/parts.ts'
import type { BrokerEvent } from '../detail.ts'
import { SimulatedBroker } from '../simulated-broker.ts'

/** What a story is told in: `a1` for the first attempt of the message a. */
export type Say = (words: string) => void

export type Story = {
  readonly faults?: Faults
  /** What waits in the queue `orders` at the beginning. */
  readonly given?: readonly string[]
  /** How many messages the one consumer of `orders` handles at once. Default 1. */
  readonly prefetch?: number
  readonly deliveryLimit?: number
  /** The handler of one instance. Default: acknowledges everything. */
  readonly handler?: (broker: Broker, say: Say) => Handle
  /** Somebody else, who is at work at the same time. */
  readonly client?: (broker: Broker, say: Say) => Promise<void>
  /** What is told of what happened. Default: each delivery. */
  readonly tells?: (event: BrokerEvent) => string | undefined
}

const maxSteps = 400_000

/** Each way in which the story can end, in the order of the alphabet: what was told, and what is
 *  left in the queues. */
export async function endingsOf(story: Story): Promise<readonly string[]> {
  const endings = new Set<string>()
  const { faults = {} } = story
  const { counterexample, coverage } = await exploreSystem({
    faults,
    effort: { maxCost: -1, searchSteps: maxSteps, samples: 0 },
    system: (simulation) => {
      const ending = begin(simulation, story)
      return {
        atEnd: () => {
          endings.add(ending())
          return undefined
        },
      }
    },
  })
  if (counterexample) throw new Error(counterexample.finding.sentence)
  if (coverage.kind !== 'all') throw new Error(`expected to see every schedule, got ${maxSteps}`)
  return [...endings].toSorted()
}

function begin(simulation: Simulation, story: Story): () => string {
  const { given = [], prefetch = 1, deliveryLimit = 20, tells = delivered } = story
  const told: string[] = []
  const say = (words: string | undefined): void => {
    if (words !== undefined) told.push(words)
  }
  simulation.state(() => digestOf(told))
  const broker = new SimulatedBroker(simulation, { record: (event) => say(tells(event)) })
  const queue = 'orders'
  broker.declare({ queues: [{ name: queue, deliveryLimit }], bindings: [] })
  for (const id of given) broker.enqueue({ queue }, aMessage(id))
  if (given.length > 0) {
    simulation.process({
      name: 'consumer',
      start: (process) => {
        const own = broker.open(process)
        const handle: Handle = story.handler?.(own, say) ?? (async () => ({ kind: 'ack' }))
        void own.consume(queue, handle, { prefetch })
      },
    })
  }
  const { client } = story
  if (client) {
    const start = { name: 'client', canCrash: false }
    simulation.process({ ...start, start: (process) => void client(broker.open(process), say) })
  }
  return () => {
    const left = broker.queues.flatMap((name) =>
      broker.waiting(name).map(({ id }) => `${name}:${id}`),
    )
    return [...told, ...left].join(' ')
  }
}

function delivered(event: BrokerEvent): string | undefined {
  return event.kind === 'delivered' ? `${event.message.id}${event.attempt}` : undefined
}
