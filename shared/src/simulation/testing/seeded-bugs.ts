// Nine classic mistakes, each in a system as small as shows it. None of them shows in the story as
// it was meant: each needs other processes in between, a fault, or both.

import type { Faults } from '../budget.ts'
import type { Process } from '../process.ts'
import type { Checks, System } from '../run.ts'
import type { Simulation } from '../simulation.ts'
import { type Delivery, Queue, Table } from './messaging.ts'

export type SeededBug = { readonly system: System; readonly faults?: Faults }

type World = { readonly process: Process; readonly table: Table; readonly queue: Queue }

type Handler = (delivery: Delivery, world: World) => Promise<void>

const wrong = (isRight: boolean): ReturnType<Checks['atEnd']> =>
  isRight ? undefined : { code: 'WRONG', sentence: 'expected the guarantee to hold' }

/** Two instances of an endpoint, and what must hold at the end. */
function endpoint(
  messages: readonly string[],
  handle: Handler,
  isRight: (table: Table) => boolean,
): System {
  return (simulation) => {
    const [queue, table] = [new Queue(simulation, messages), new Table(simulation)]
    for (const name of ['endpoint-1', 'endpoint-2']) {
      simulation.process({
        name,
        group: 'endpoint',
        isMemoryless: true,
        start: (process) =>
          void queue.consume(process, (delivery) => handle(delivery, { process, table, queue })),
      })
    }
    return { atEnd: () => wrong(isRight(table)) }
  }
}

type Script = (process: Process) => Promise<void>

function scripts(simulation: Simulation, ...all: readonly Script[]): void {
  for (const [index, script] of all.entries()) {
    const start = (process: Process): void => void script(process)
    simulation.process({ name: `script-${index + 1}`, start })
  }
}

const lostUpdate = endpoint(
  ['first', 'second'],
  async (_delivery, { table, process }) => {
    const balance = await table.read(process, 'balance')
    await table.write(process, 'balance', balance + 1)
  },
  (table) => table.get('balance') === 2,
)

const checkThenAct = endpoint(
  ['order'],
  async ({ message }, { table, process }) => {
    if ((await table.read(process, `inbox ${message}`)) === 1) return
    await table.increment(process, 'charges')
    await table.write(process, `inbox ${message}`, 1)
  },
  (table) => table.get('charges') === 1,
)

const acknowledgedFirst = endpoint(
  ['order'],
  async (delivery, { table, process, queue }) => {
    await queue.acknowledge(process, delivery)
    await table.write(process, 'order', 1)
  },
  (table) => table.get('order') === 1,
)

const dualWrite = endpoint(
  ['order'],
  async (_delivery, { table, process }) => {
    if ((await table.read(process, 'order')) === 1) return
    await table.write(process, 'order', 1)
    await table.increment(process, 'published')
  },
  (table) => table.get('published') === 1,
)

const shortMemory = endpoint(
  ['1', '2'],
  async ({ message }, { table, process }) => {
    if ((await table.read(process, 'last message')) === Number(message)) return
    await table.increment(process, `charges ${message}`)
    await table.write(process, 'last message', Number(message))
  },
  (table) => table.get('charges 1') === 1 && table.get('charges 2') === 1,
)

/** A stack of the nodes 1 and 2, and whoever pops a node owns it. */
const sameValueAgain: System = (simulation) => {
  const table = new Table(simulation, { top: 1, 'below 1': 2 })
  const pop = async (process: Process): Promise<number> => {
    for (;;) {
      const top = await table.read(process, 'top')
      if (top === 0) return 0
      const below = await table.read(process, `below ${top}`)
      if (await table.compareAndSet(process, 'top', { expected: top, value: below })) return top
    }
  }
  const push = async (process: Process, node: number): Promise<void> => {
    for (;;) {
      const top = await table.read(process, 'top')
      await table.write(process, `below ${node}`, top)
      if (await table.compareAndSet(process, 'top', { expected: top, value: node })) return
    }
  }
  const own = async (process: Process): Promise<void> => {
    const node = await pop(process)
    if (node > 0) await table.increment(process, `owners of ${node}`)
  }
  scripts(simulation, own, own, async (process) => {
    const node = await pop(process)
    if (node > 0) await push(process, node)
  })
  const isOwnedOnce = (node: number): boolean =>
    table.get(`owners of ${node}`) + (table.get('top') === node ? 1 : 0) <= 1
  return { atEnd: () => wrong(isOwnedOnce(1) && isOwnedOnce(2)) }
}

/** Three writers of a row whose last bit is its version: after two writes it looks unchanged. */
const staleVersion: System = (simulation) => {
  const table = new Table(simulation)
  const add: Script = async (process) => {
    for (;;) {
      const row = await table.read(process, 'row')
      const isWritten = await process.operation({
        kind: 'write if unchanged',
        resource: 'row',
        access: 'write',
        effect: () => {
          const isUnchanged = table.get('row') % 2 === row % 2
          if (isUnchanged) table.set('row', row + (row % 2 === 0 ? 3 : 1))
          return isUnchanged
        },
      })
      if (isWritten) return
    }
  }
  scripts(simulation, add, add, add)
  return { atEnd: () => wrong(Math.floor(table.get('row') / 2) === 3) }
}

const cancelledTwice = endpoint(
  ['pay', 'cancel'],
  async ({ message }, { table, process }) => {
    const [isNew, isPaid, isCancelled] = [0, 1, 2]
    if (message === 'pay') {
      const change = { expected: isNew, value: isPaid }
      if (await table.compareAndSet(process, 'order', change)) return
    } else {
      const change = { expected: isNew, value: isCancelled }
      if (await table.compareAndSet(process, 'order', change)) return
      if ((await table.read(process, 'order')) !== isPaid) return
      await table.increment(process, 'refunds')
      await table.write(process, 'order', isCancelled)
    }
  },
  (table) => table.get('refunds') <= 1,
)

/** A lease ends after twelve ticks. Its holder does not look at the clock again. */
const stall: System = (simulation) => {
  const table = new Table(simulation)
  const lease = 12
  const work: Script = async (process) => {
    await process.operation({
      kind: 'take the lease',
      resource: '*',
      access: 'write',
      guard: () => table.get('lease ends') <= table.get('clock'),
      effect: () => table.set('lease ends', table.get('clock') + lease),
    })
    const entries = await table.read(process, 'entries')
    await table.write(process, 'entries', entries + 1)
    await table.write(process, 'lease ends', 0)
  }
  scripts(simulation, work, work, async (process) => {
    for (let tick = 0; tick < lease; tick += 1) await table.increment(process, 'clock')
  })
  return { atEnd: () => wrong(table.get('entries') === 2) }
}

export const seededBugs: Readonly<Record<string, SeededBug>> = {
  'a lost update': { system: lostUpdate },
  'a duplicate against check-then-act': { system: checkThenAct, faults: { duplicates: 1 } },
  'an acknowledgement before the write': { system: acknowledgedFirst, faults: { crashes: 1 } },
  'a dual write': { system: dualWrite, faults: { crashes: 1 } },
  'an inbox that remembers one message': { system: shortMemory, faults: { lostAcks: 2 } },
  'a value that comes back to a compare-and-set': { system: sameValueAgain },
  'a stale version with three writers': { system: staleVersion },
  'a cancellation that comes twice': { system: cancelledTwice, faults: { duplicates: 1 } },
  'a stall without fencing': { system: stall },
}
