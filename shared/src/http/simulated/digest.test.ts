// The digest of simulated HTTP tells apart whatever has another future: a search that leaves out
// the states that it has met ends in the same ways as one that leaves out none. Random stories,
// from fixed seeds.

import { afterEach, expect, test, vi } from 'vitest'
import { digestOf, type Process, simulatedWorld, type Simulation } from '../../simulation/index.ts'
import type { System } from '../../simulation/run.ts'
import { randomOf } from '../../simulation/strategy.ts'
import { pruningMatters } from '../../simulation/testing/pruning.ts'
import { Inbound } from './inbound.ts'
import { SimulatedHttp } from './simulated-http.ts'

const stories = 30
/** A plain search of more than this is given up. */
const maxSteps = 4000

type Story = {
  /** How many requests each client sends, one after the other or at once. */
  readonly clients: Readonly<Record<string, number>>
  readonly atOnce: boolean
  readonly faults: Readonly<Record<string, number>>
  readonly instances: number
  readonly isMemoryless: boolean
}

const faultNames = [
  'crashes',
  'refusedRequests',
  'lostRequests',
  'delayedRequests',
  'lostResponses',
  'copiedRequests',
]

function randomStory(seed: number): Story {
  const random = randomOf(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const names = ['ann', 'ben'].slice(0, pick([1, 1, 2]))
  return {
    clients: Object.fromEntries(names.map((name) => [name, pick([1, 1, 2])])),
    atOnce: random() < 0.5,
    faults: { [pick(faultNames)]: 1, [pick(faultNames)]: 1 },
    instances: pick([1, 2]),
    isMemoryless: random() < 0.5,
  }
}

/** The story as a system; `ends` is told how each run ends: what was done, and who heard what. */
function systemOf(story: Story, ends: Set<string>): System {
  return (simulation: Simulation) => {
    const http = new SimulatedHttp(simulation)
    http.declare('payments')
    const done: string[] = []
    const heard = new Map<string, readonly string[]>()
    simulation.state(() => digestOf([done, inOrder(heard)]))
    for (let instance = 1; instance <= story.instances; instance += 1) {
      simulation.process({
        name: `payments-${instance}`,
        group: 'payments',
        isMemoryless: story.isMemoryless,
        start: (process) => serve(process, http, done),
      })
    }
    for (const [name, requests] of Object.entries(story.clients)) {
      const told = (what: string): void => {
        heard.set(name, [...(heard.get(name) ?? []), what])
      }
      simulation.process({
        name,
        canCrash: false,
        start: (process) => void call(process, http, { requests, atOnce: story.atOnce, told }),
      })
    }
    return {
      atEnd: () => {
        ends.add(JSON.stringify([done, inOrder(heard)]))
        return undefined
      },
    }
  }
}

const inOrder = (heard: ReadonlyMap<string, readonly string[]>) =>
  [...heard].toSorted(([one], [other]) => (one < other ? -1 : 1))

/** Answers with an id, which is made of the name of the lane: that is a part of the state as
 *  well. */
function serve(process: Process, http: SimulatedHttp, done: string[]): void {
  const { ids } = simulatedWorld(process)
  http.serve(process, 'payments', {
    handle: async ({ path }) => {
      const id = ids.next()
      await process.operation<void>({
        kind: 'pay',
        resource: 'account',
        access: 'write',
        effect: () => void done.push(path),
      })
      return { status: 200, headers: {}, body: JSON.stringify(id) }
    },
  })
}

type Calls = {
  readonly requests: number
  readonly atOnce: boolean
  readonly told: (what: string) => void
}

async function call(process: Process, http: SimulatedHttp, { requests, atOnce, told }: Calls) {
  const calls = http.open(process, process.name)
  const one = async (number: number): Promise<void> => {
    const path = `/${process.name}/${number}`
    const answer = await calls.send({ to: 'payments', method: 'POST', path }).then(
      ({ body }) => String(body),
      (error: Error) => error.name,
    )
    told(`${number} ${answer}`)
  }
  const numbers = Array.from({ length: requests }, (_, index) => index + 1)
  if (atOnce) await Promise.all(numbers.map(one))
  else for (const number of numbers) await one(number)
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
  expect(compared.length).toBeGreaterThan(stories * 0.5)
})

async function isCaught(): Promise<boolean> {
  for (const seed of seeds) if ((await differs(seed)) === true) return true
  return false
}

test('a digest that does not tell what is on its way to a server is caught', async () => {
  vi.spyOn(Inbound.prototype, 'digest').mockReturnValue(1)
  expect(await isCaught()).toBe(true)
})

test('a digest that does not tell who waits for what, and has sent what, is caught', async () => {
  vi.spyOn(SimulatedHttp.prototype, 'digest').mockReturnValue(1)
  expect(await isCaught()).toBe(true)
})
