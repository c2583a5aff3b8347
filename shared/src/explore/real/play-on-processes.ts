// Plays a specification on operating-system processes, with the faults that it allows, and judges
// how it ended. It plays a few schedules, chosen by a seed and by the machine, and says nothing of
// the others: it shows that what was explored holds outside of the simulated world, too.

import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokerSpec, rabbitmqBroker, sqliteBroker } from '../../broker/index.ts'
import { demand, Violation } from '../../check/index.ts'
import { sqliteStore } from '../../store/index.ts'
import { realWorld } from '../../world/index.ts'
import type { Specification } from '../specification.ts'
import { verdictsOn } from './around.ts'
import { perform, type Performed } from './performance.ts'
import { type Budgets, type Fault, Plan } from './plan.ts'

/** A process that is silent for so long has lost its messages to another one. Short where that is
 *  what happens, and otherwise longer than a busy machine keeps a process waiting. */
const leaseMs = { short: 1000, long: 10_000 }

export type RealBroker =
  | { readonly kind: 'sqlite' }
  | { readonly kind: 'rabbitmq'; readonly url: string }

export type RealOptions = {
  readonly broker: RealBroker
  /** Decides at which opportunities faults happen, and every coin. */
  readonly seed: string
  /** Starts a process that serves this specification: see `Actor`. */
  readonly spawn: () => ChildProcess
}

/** What of a specification was not tried, in words for people: `reorderings`. */
export type LeftOut = readonly string[]

/** Rejects with the `Violation` of the first property that does not hold; below its sentence stands
 *  what happened. Resolves with what was left out. */
export async function playOnProcesses(
  specification: Specification,
  options: RealOptions,
): Promise<LeftOut> {
  const world = realWorld({ seed: options.seed })
  const most = opportunities(specification)
  const chosen = new Plan(budgetsOf(specification), (fault, unit) =>
    Math.floor(1 + world.random(`${fault} ${unit}`) * most(fault)),
  )
  judge(specification, await performOn(specification, { ...options, plan: chosen }))
  if (chosen.unspent.length === 0) return leftOut(specification, [])
  // A fault that was meant for a moment that did not come is spent at the first that comes.
  const first = new Plan(budgetsOf(specification), () => 1)
  judge(specification, await performOn(specification, { ...options, plan: first }))
  return leftOut(specification, first.unspent)
}

function judge(specification: Specification, { end, story }: Performed): void {
  try {
    demand(verdictsOn(end, specification, specification.always?.(end)))
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    const { code, sentence, about, cause } = error
    throw new Violation(code, sentence, { about, cause, picture: story })
  }
}

type Chosen = RealOptions & { readonly plan: Plan }

async function performOn(specification: Specification, options: Chosen): Promise<Performed> {
  const { broker: kind, seed, spawn, plan } = options
  const directory = await mkdtemp(join(tmpdir(), 'workshop-real-'))
  try {
    const spec: BrokerSpec =
      kind.kind === 'sqlite'
        ? { kind: 'sqlite', directory }
        : { ...kind, namespace: `real-${realWorld().ids.next()}.` }
    const { crashes = 0, expiredLeases = 0 } = specification.faults ?? {}
    const lease = crashes + expiredLeases > 0 ? leaseMs.short : leaseMs.long
    const setting = { broker: spec, leaseMs: lease, directory, seed }
    await using opened = await open(spec)
    await using store = sqliteStore({ directory })
    const { broker } = opened
    return await perform({ specification, plan, broker, store, setting, spawn })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The director's own connection. Nothing of its queues is left when it is closed. */
async function open(spec: BrokerSpec) {
  if (spec.kind === 'sqlite') {
    const broker = sqliteBroker({ directory: spec.directory })
    return { broker, [Symbol.asyncDispose]: () => broker.close() }
  }
  const broker = await rabbitmqBroker({ url: spec.url, namespace: spec.namespace })
  return {
    broker,
    [Symbol.asyncDispose]: async () => {
      await broker.close()
      await broker.drop()
    },
  }
}

function budgetsOf({ faults = {} }: Specification): Budgets {
  const { coins: _decidedByTheSeed, reorderings: _ofTheBroker, ...others } = faults
  const { staleReads: _never, ...budgets } = others
  return budgets
}

/** Among how many opportunities one is chosen: as many as there are, as far as that is known. */
function opportunities({ given = [] }: Specification): (fault: Fault) => number {
  return (fault) => {
    if (fault === 'crashes') return 3
    const isCopy = fault === 'duplicates' || fault === 'lateCopies'
    return isCopy && given.length > 0 ? given.length : 2
  }
}

function leftOut(
  { faults, store, always, goals }: Specification,
  unspent: readonly Fault[],
): LeftOut {
  return [
    ...unspent,
    ...(faults?.reorderings ? ['reorderings'] : []),
    ...(faults?.staleReads ? ['stale reads'] : []),
    ...(store?.expiry ? ['expiry'] : []),
    ...(always ? ['what must hold after each step, but for the last'] : []),
    ...(goals ? ['goals'] : []),
  ]
}
