// The numbers of an endpoint add up at every moment of every schedule: with crashes, duplicates,
// leases that end, and saves that fail. Metrics with a mistake do not.

import { expect, test } from 'vitest'
import { SimulatedBroker } from '../broker/index.ts'
import { inbox, partitionIn, placeOf } from '../inbox/index.ts'
import { encode, messageId, type WireMessage } from '../message/index.ts'
import {
  type Behaviour,
  conflictRetry,
  type EndpointNumbers,
  handler,
  type Metrics,
  metrics,
  type RunningEndpoint,
  startEndpoint,
  topologyOf,
} from '../pipeline/index.ts'
import { AddItem, emptyOrder, withItem } from '../shop/index.ts'
import {
  exploreSystem,
  type Faults,
  type Process,
  simulatedWorld,
  type System,
} from '../simulation/index.ts'
import { SimulatedStore } from '../store/index.ts'

/** The first sledge falls off. */
const addItem = handler(AddItem, async ({ body }, { attempt, store }) => {
  if (body.item === 'sledge' && attempt === 1) throw new Error('it fell off')
  const { value, version } = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(value, body.item), version)
})

const wire = (item: string, type = 'AddItem'): WireMessage =>
  encode({ id: messageId(item), type, headers: {}, body: { orderId: 'order-1', item } })

const [porsche, sledge, unknown] = [wire('porsche'), wire('sledge'), wire('globe', 'PaintItem')]

type World = { readonly given: readonly WireMessage[]; readonly faults: Faults }

/** Gives a message back, once: a coin that has fallen lies. */
function busyOnce(): Behaviour {
  let wasBusy = false
  return {
    incoming: async (context, next) => {
      if (wasBusy || !context.coin('busy')) return next()
      wasBusy = true
      context.settle({ kind: 'release' })
    },
  }
}

type Instance = { readonly numbers: Metrics; readonly endpoint: RunningEndpoint }

const ended = (of: EndpointNumbers): number =>
  of.handled + of.duplicates + of.retried + of.released + of.deadLettered + of.lost

/** What is wrong with the numbers of an instance, by the broker's own. */
function wrongWith({ numbers, endpoint }: Instance): string | undefined {
  const [told] = numbers.read()
  if (!told) return 'expected numbers of the endpoint'
  const { acked, ...stats } = endpoint.stats
  const { handled, duplicates, inFlight } = told
  const pairs: readonly (readonly [string, number, number])[] = [
    ['delivered in all', ended(told) + inFlight, told.delivered],
    ['acked', handled + duplicates, acked],
    ['inFlight', inFlight, endpoint.inFlight],
    ...(['delivered', 'retried', 'released', 'deadLettered', 'lost'] as const).map(
      (name) => [name, told[name], stats[name]] as const,
    ),
    ['timed', told.handling.counts.reduce((sum, count) => sum + count, 0), ended(told)],
  ]
  const wrong = pairs.find(([, got, expected]) => got !== expected)
  return wrong && `${wrong[0]}: expected ${wrong[2]}, got ${wrong[1]}`
}

const counting =
  (make: () => Metrics, { given }: World): System =>
  (simulation) => {
    const broker = new SimulatedBroker(simulation)
    const store = new SimulatedStore(simulation)
    const instances = new Map<string, Instance>()
    let starts = 0
    broker.declare(topologyOf({ name: 'orders', handlers: [addItem] }))
    for (const one of given) broker.enqueue({ queue: 'orders' }, one)
    const start = async (process: Process): Promise<void> => {
      starts += 1
      const numbers = make()
      instances.delete(process.name)
      const endpoint = await startEndpoint({
        name: 'orders',
        handlers: [addItem],
        broker: broker.open(process),
        store: store.open(process),
        world: simulatedWorld(process),
        prefetch: 1,
        behaviours: [
          numbers,
          busyOnce(),
          conflictRetry({ pauseMs: 0 }),
          inbox({ partition: partitionIn('orderId') }),
        ],
      })
      instances.set(process.name, { numbers, endpoint })
    }
    for (const name of ['orders-1', 'orders-2']) {
      simulation.process({
        name,
        group: 'orders',
        start: (process) => {
          start(process).catch((cause: unknown) =>
            simulation.report({ code: 'STUCK', sentence: String(cause), cause }),
          )
        },
      })
    }
    const sum = (of: (numbers: EndpointNumbers) => number): number =>
      [...instances.values()]
        .flatMap(({ numbers }) => numbers.read())
        .reduce((all, one) => all + of(one), 0)
    const saved = (): number => store.entries().filter(({ key }) => placeOf(key)).length
    const always = () => {
      const [wrong] = [...instances.values()].flatMap((one) => wrongWith(one) ?? [])
      const tooMany = sum(({ handled }) => handled) > saved()
      if (!wrong && !tooMany) return undefined
      return { code: 'MISCOUNTED', sentence: wrong ?? 'expected a duplicate, got another handled' }
    }
    const isCalm = (): boolean => starts === 2 && sum(({ lost }) => lost) === 0
    return {
      always,
      atEnd: () =>
        isCalm() && sum(({ handled }) => handled) < saved()
          ? { code: 'MISCOUNTED', sentence: 'expected all that was saved to count as handled' }
          : undefined,
      goals: Object.fromEntries(
        (['duplicates', 'retried', 'released', 'deadLettered', 'lost'] as const).map((name) => [
          name,
          () => sum((numbers) => numbers[name]) > 0,
        ]),
      ),
    }
  }

const small: readonly World[] = [
  { given: [porsche], faults: { duplicates: 1 } },
  { given: [porsche], faults: { crashes: 1 } },
  { given: [porsche], faults: { expiredLeases: 1 } },
  { given: [sledge], faults: { coins: 1 } },
  { given: [sledge], faults: { failedSaves: 1 } },
  { given: [unknown], faults: { expiredLeases: 1, crashes: 1 } },
]

test.each(small)('the numbers add up in every schedule with $faults', async (world) => {
  const system = counting(metrics, world)
  const { counterexample, coverage } = await exploreSystem({ system, faults: world.faults })
  expect(counterexample?.finding).toBeUndefined()
  expect(coverage.kind).toBe('all')
})

const large: World = {
  given: [porsche, sledge, unknown],
  faults: { crashes: 1, duplicates: 1, expiredLeases: 1, failedSaves: 1, coins: 1 },
}

const sampled = (make: () => Metrics) =>
  exploreSystem({
    system: counting(make, large),
    faults: large.faults,
    effort: { boundedSteps: 5000, searchSteps: 0, samples: 1000 },
  })

test('they do in samples of a larger world, in which everything happens', async () => {
  const { counterexample, missed } = await sampled(metrics)
  expect(counterexample?.finding).toBeUndefined()
  expect(missed).toEqual([])
})

type Bend = (numbers: Metrics) => Behaviour['watch']

/** Metrics that hear something else than what happened. */
const bent = (bend: Bend) => (): Metrics => {
  const numbers = metrics()
  const watch = bend(numbers)
  return { read: numbers.read, ...(watch ? { watch } : {}) }
}

/** The same, where `became` is heard in place of each ending; nothing for undefined. */
const hearing = (became: (kind: string) => string | undefined) =>
  bent(({ watch }) => (endpoint) => {
    const begin = watch?.(endpoint)
    return (delivery) => {
      const end = begin?.(delivery)
      return (ending) => {
        const kind = became(ending.kind)
        if (kind !== undefined) end?.({ ...ending, kind: kind as never })
      }
    }
  })

const mistakes: readonly (readonly [string, () => Metrics])[] = [
  [
    'takes a duplicate for one that was handled',
    hearing((kind) => (kind === 'duplicate' ? 'handled' : kind)),
  ],
  [
    'takes all that was acknowledged for duplicates',
    hearing((kind) => (kind === 'handled' ? 'duplicate' : kind)),
  ],
  [
    'takes a settlement that came too late for one in time',
    hearing((kind) => (kind === 'lost' ? 'handled' : kind)),
  ],
  ['forgets what was settled too late', hearing((kind) => (kind === 'lost' ? undefined : kind))],
  ['forgets what was given back', hearing((kind) => (kind === 'released' ? undefined : kind))],
  [
    'takes a dead letter for a retry',
    hearing((kind) => (kind === 'deadLettered' ? 'retried' : kind)),
  ],
  [
    'hears of no message that reaches no handler',
    bent(({ watch }) => (endpoint) => {
      const begin = watch?.(endpoint)
      return (delivery) => {
        const end = delivery.message.type === 'PaintItem' ? undefined : begin?.(delivery)
        return (ending) => end?.(ending)
      }
    }),
  ],
]

test.each(mistakes)('a count that %s is found out', async (_name, make) => {
  const { counterexample } = await sampled(make)
  expect(counterexample?.finding.code).toBe('MISCOUNTED')
})
