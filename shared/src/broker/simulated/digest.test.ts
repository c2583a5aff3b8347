// The digest of the broker tells apart whatever has another future: a search that leaves out the
// states that it has met ends in the same ways as one that leaves out none. Random stories, from
// fixed seeds.

import { afterEach, expect, test, vi } from 'vitest'
import {
  digestOf,
  empty,
  join,
  mix,
  type Process,
  simulatedWorld,
  type Simulation,
} from '../../simulation/index.ts'
import type { System } from '../../simulation/run.ts'
import { randomOf } from '../../simulation/strategy.ts'
import { pruningMatters } from '../../simulation/testing/pruning.ts'
import type { Outcome } from '../broker.ts'
import { ack, aMessage, deadLetter, retry } from '../contract/parts.ts'
import { digestOfCopy } from './copy.ts'
import { SimulatedQueue } from './queue.ts'
import { SimulatedBroker } from './simulated-broker.ts'

const stories = 60
/** A plain search of more than this is given up. */
const maxSteps = 20_000

type Reaction = 'announce' | Outcome

type Story = {
  readonly given: readonly string[]
  readonly faults: Readonly<Record<string, number>>
  readonly instances: number
  readonly prefetch: number
  readonly deliveryLimit: number
  readonly isMemoryless: boolean
  /** What a handler does at each attempt, by `a1`, `a2`, `b1` ... */
  readonly reactions: Readonly<Record<string, Reaction>>
}

const faultNames = [
  'crashes',
  'duplicates',
  'lateCopies',
  'reorderings',
  'expiredLeases',
  'refused',
  'unknown',
]

function randomStory(seed: number): Story {
  const random = randomOf(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const given = ['a', 'b', 'c'].slice(0, pick([1, 2, 2]))
  const reactions = given.flatMap((id) =>
    [1, 2, 3].map((attempt): readonly [string, Reaction] => {
      const later = retry('later', 10 * attempt)
      const reaction = pick<Reaction>([
        'announce',
        'announce',
        ack,
        retry('again'),
        later,
        deadLetter('no'),
      ])
      return [`${id}${attempt}`, reaction]
    }),
  )
  return {
    given,
    faults: { [pick(faultNames)]: 1, [pick(faultNames)]: 1 },
    instances: pick([1, 2]),
    prefetch: pick([1, 2]),
    deliveryLimit: pick([1, 2, 3]),
    isMemoryless: random() < 0.5,
    reactions: Object.fromEntries(reactions),
  }
}

/** The story as a system; `ends` is told how each run ends: what is in which queue. */
function systemOf(story: Story, ends: Set<string>): System {
  return (simulation: Simulation) => {
    const broker = new SimulatedBroker(simulation)
    const queues = [{ name: 'orders', deliveryLimit: story.deliveryLimit }, { name: 'billing' }]
    broker.declare({ queues, bindings: [{ event: 'Announced', queue: 'billing' }] })
    for (const id of story.given) broker.enqueue({ queue: 'orders' }, aMessage(id))
    for (let instance = 1; instance <= story.instances; instance += 1) {
      simulation.process({
        name: `orders-${instance}`,
        group: 'orders',
        isMemoryless: story.isMemoryless,
        start: (process) => void consume(process, broker, story),
      })
    }
    return {
      atEnd: () => {
        const left = broker.queues.flatMap((queue) =>
          broker.waiting(queue).map(({ id }) => `${queue}:${id}`),
        )
        ends.add(left.join(' '))
        return undefined
      },
    }
  }
}

async function consume(process: Process, broker: SimulatedBroker, story: Story): Promise<void> {
  const own = broker.open(process)
  // Ids are made of the names of lanes: these are a part of the state as well.
  const { ids } = simulatedWorld(process)
  const { prefetch, reactions } = story
  await own.consume(
    'orders',
    async ({ message, attempt }) => {
      const reaction = reactions[`${message.id}${attempt}`] ?? ack
      if (reaction !== 'announce') return reaction
      await own.publish({ event: 'Announced' }, aMessage(ids.next()))
      return ack
    },
    { prefetch },
  )
}

const seeds = Array.from({ length: stories }, (_, index) => index + 1)

/** Whether the search ends otherwise where it leaves out what it has met; undefined where the plain
 *  one was given up. */
function differs(seed: number): Promise<boolean | undefined> {
  const story = randomStory(seed)
  const { faults } = story
  return pruningMatters({ system: (ends) => systemOf(story, ends), faults, maxSteps })
}

afterEach(() => vi.restoreAllMocks())

test('a search that leaves out what it has met ends in every way there is', async () => {
  const verdicts = new Map<number, boolean | undefined>()
  for (const seed of seeds) verdicts.set(seed, await differs(seed))
  expect(seeds.filter((seed) => verdicts.get(seed) === true)).toEqual([])
  const compared = seeds.filter((seed) => verdicts.get(seed) === false)
  expect(compared.length).toBeGreaterThan(stories * 0.7)
})

const blind: Readonly<Record<string, (queue: SimulatedQueue) => number>> = {
  'what is in the queue': () => 1,
  'the order of what waits': ({ waiting, inFlight }) => {
    const sum = waiting.reduce((sum, copy) => join(sum, digestOfCopy(copy)), empty)
    return mix(sum, digestOf([...inFlight.keys()]))
  },
  'which messages wait': ({ waiting, inFlight }) =>
    mix(waiting.length, digestOf([...inFlight.keys()])),
}

for (const [what, digest] of Object.entries(blind)) {
  test(`a digest that does not tell ${what} is caught`, async () => {
    vi.spyOn(SimulatedQueue.prototype, 'digest').mockImplementation(function (
      this: SimulatedQueue,
    ) {
      return digest(this)
    })
    let isCaught = false
    for (const seed of seeds) isCaught ||= (await differs(seed)) === true
    expect(isCaught).toBe(true)
  })
}
