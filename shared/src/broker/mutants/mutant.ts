// A mutant is the embedded broker with one mistake, of the kind that an adapter's author makes. Its
// case of the suite must fail on it, by an assertion. A case that no mutant breaks tests nothing.

import { AssertionError } from 'node:assert/strict'
import { setTimeout as timer } from 'node:timers/promises'
import type { Broker, Consumer, Delivery, Handle, Outcome } from '../broker.ts'
import type { BrokerWorld } from '../contract/world.ts'
import { sqliteWorld, type SqliteWorldOptions } from '../sqlite/testing/world.ts'

export type Mutant = {
  /** The case that must fail: `B13`. */
  readonly fails: string
  /** What is wrong, as a sentence about the broker. */
  readonly mistake: string
  world(): Promise<BrokerWorld & AsyncDisposable>
}

/** What is wrong with the broker of one process. */
export type Mistake = (broker: Broker) => Partial<Broker>

/** A second and a half or more. Counted in polls and not in time, because all processes of these
 *  worlds share one event loop: where it is slow, it is slow for both, and nothing fails merely
 *  for that. */
const maxPolls = 300
const pollMs = 5
const leaseMs = 250

/** The world of a case, with less patience than the suite has. */
export async function impatientWorld(
  broker: SqliteWorldOptions['broker'] = {},
): Promise<BrokerWorld & AsyncDisposable> {
  const world = await sqliteWorld({ broker: { leaseMs, ...broker } })
  return {
    ...world,
    slowMs: 3 * leaseMs,
    until: async (condition, what) => {
      for (let polls = 0; polls < maxPolls; polls += 1) {
        if (await condition()) return
        await timer(pollMs)
      }
      throw new AssertionError({ message: `expected ${what} within ${maxPolls} polls` })
    },
  }
}

/** A broker with a mistake. `start` is called once for each world, to make what its processes
 *  share. */
export function mutant(fails: string, mistake: string, start: () => Mistake): Mutant {
  return {
    fails,
    mistake,
    world: async () => {
      const world = await impatientWorld()
      const change = start()
      const originals = new Map<Broker, Broker>()
      return {
        ...world,
        open: async () => {
          const original = await world.open()
          const changed = replaced(original, change(original))
          originals.set(changed, original)
          return changed
        },
        crash: async (broker) => world.crash(originals.get(broker) ?? broker),
      }
    },
  }
}

/** A mistake that every process makes by itself. */
export function mistaken(fails: string, mistake: string, change: Mistake): Mutant {
  return mutant(fails, mistake, () => change)
}

/** A mistake in what is done with a delivery. */
export function mishandling(
  fails: string,
  mistake: string,
  change: (handle: Handle, broker: Broker) => Handle,
): Mutant {
  return mistaken(fails, mistake, (broker) => ({
    consume: (queue, handle, options) => broker.consume(queue, change(handle, broker), options),
  }))
}

export type Misread = { readonly delivery: Delivery; readonly broker: Broker }

/** A mistake in what is understood of an outcome. */
export function misreading(
  fails: string,
  mistake: string,
  change: (outcome: Outcome, context: Misread) => unknown,
): Mutant {
  return mishandling(fails, mistake, (handle, broker) => async (delivery) => {
    const outcome: Outcome = await handle(delivery)
    return (await change(outcome, { delivery, broker })) as Outcome
  })
}

/** A mistake of consumers. */
export function misconsuming(
  fails: string,
  mistake: string,
  change: (consumer: Consumer, of: { broker: Broker; queue: string }) => Partial<Consumer>,
): Mutant {
  return mistaken(fails, mistake, (broker) => ({
    consume: async (queue, handle, options) => {
      const consumer = await broker.consume(queue, handle, options)
      return replaced(consumer, change(consumer, { broker, queue }))
    },
  }))
}

/** `original`, of which some parts are replaced. */
function replaced<T extends object>(original: T, changes: Partial<T>): T {
  return new Proxy(original, {
    get: (_, name) => {
      const source = name in changes ? changes : original
      const value: unknown = Reflect.get(source, name)
      return typeof value === 'function' ? value.bind(source) : value
    },
  })
}
