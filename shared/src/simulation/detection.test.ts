// Whatever escapes the simulated world, or never ends, is found and said in a sentence that names
// the call or the place; and when an exploration is over, nothing of the program has changed.

import crypto, { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  exploreSystem,
  type Finding,
  type Process,
  replaySystem,
  simulatedWorld,
  type System,
} from './index.ts'
import { type Delivery, Queue, Table } from './testing/messaging.ts'

type Work = (table: Table, process: Process, delivery: Delivery) => unknown

/** An endpoint that does `work` between two steps, for each of two messages. */
const doing =
  (work: Work, isMemoryless = true): System =>
  (simulation) => {
    const [queue, table] = [new Queue(simulation, ['1', '2']), new Table(simulation)]
    const handle = async (process: Process, delivery: Delivery): Promise<void> => {
      await table.increment(process, 'begun')
      await work(table, process, delivery)
      await table.increment(process, 'done')
    }
    simulation.process({
      name: 'endpoint',
      isMemoryless,
      start: (process) => void queue.consume(process, (delivery) => handle(process, delivery)),
    })
    return {
      atEnd: () =>
        table.get('done') === 2 ? undefined : { code: 'UNDONE', sentence: 'it was not done' },
    }
  }

async function foundIn(work: Work, options = {}): Promise<Finding | undefined> {
  const { counterexample } = await exploreSystem({ system: doing(work), ...options })
  return counterexample?.finding
}

test('work that keeps to its world is not found', async () => {
  const { counterexample, coverage } = await exploreSystem({ system: doing(() => undefined) })
  expect(counterexample).toBeUndefined()
  expect(coverage.kind).toBe('all')
})

const calls: readonly (readonly [text: string, call: () => unknown])[] = [
  ['Date.now()', () => Date.now()],
  ['new Date()', () => new Date()],
  ['Date()', () => Date()],
  ['performance.now()', () => performance.now()],
  ['Math.random()', () => Math.random()],
  ['setTimeout(...)', () => setTimeout(() => undefined, 1)],
  ['setInterval(...)', () => setInterval(() => undefined, 1)],
  ['setImmediate(...)', () => setImmediate(() => undefined)],
  ['randomUUID()', () => randomUUID()],
  ['randomUUID()', () => crypto.randomUUID()],
  ['crypto.randomUUID()', () => globalThis.crypto.randomUUID()],
  ['crypto.getRandomValues(...)', () => globalThis.crypto.getRandomValues(new Uint8Array(1))],
  ['randomBytes(...)', () => randomBytes(1)],
  ['randomInt(...)', () => randomInt(3)],
]

test.each(calls)(
  'a call of %s is found, also by code that swallows its error',
  async (text, call) => {
    for (const work of [call, () => swallow(call)]) {
      const finding = await foundIn(work)
      expect(finding?.code).toBe('REAL_TIME_USED')
      expect(finding?.sentence).toContain(`got ${text} in 1#1 in endpoint`)
      expect(finding?.about).toEqual(['1#1'])
    }
  },
)

function swallow(call: () => unknown): void {
  try {
    call()
  } catch {
    // As a handler may do that goes on whatever happens.
  }
}

test('a date that is given is no use of the clock', async () => {
  expect(await foundIn(() => new Date(0).toISOString())).toBeUndefined()
})

test.each([
  ['a real file', () => readFile(import.meta.filename)],
  ['a real timer', () => sleep(1)],
] as const)('an await of %s is found, and named', async (what, work) => {
  const finding = await foundIn(work)
  expect(finding?.code).toBe('REAL_TIME_USED')
  expect(finding?.sentence).toContain('expected 1#1 in endpoint to end')
  expect(finding?.sentence).toContain(what)
})

test('an await of the next turn of the event loop is found', async () => {
  expect(await foundIn(() => nextTurn())).toMatchObject({ code: 'STUCK' })
})

test('a delivery that never settles is stuck, and named', async () => {
  expect(await foundIn(() => new Promise(() => undefined))).toMatchObject({
    code: 'STUCK',
    sentence:
      'expected 1#1 in endpoint to end, got an await that never does: it waits for something ' +
      'that is not part of the simulated world',
  })
})

test('a step that waits for what never happens is stuck, and named', async () => {
  const step = { kind: 'wait', resource: 'a door', access: 'read', effect: () => 0 } as const
  const wait: Work = (_table, process) => process.operation({ ...step, guard: () => false })
  const { counterexample } = await exploreSystem({
    system: (simulation) => ({ ...doing(wait)(simulation), atEnd: () => undefined }),
  })
  expect(counterexample?.finding).toMatchObject({
    code: 'STUCK',
    sentence: 'expected 1#1 in endpoint to go on, got it waiting for ever: wait a door',
  })
})

test('a rejection that nobody handles is found, with its cause', async () => {
  const cause = new Error('the card was declined')
  const finding = await foundIn(() => void Promise.reject(cause))
  expect(finding).toMatchObject({ code: 'NOT_AWAITED', cause })
  expect(finding?.sentence).toContain('in 1#1 in endpoint: Error: the card was declined')
})

test('a throw in a tick or in a microtask is found, with its cause', async () => {
  const cause = new Error('too late')
  const fail = (): never => {
    throw cause
  }
  for (const work of [() => process.nextTick(fail), () => queueMicrotask(fail)]) {
    expect(await foundIn(work)).toMatchObject({ code: 'NOT_AWAITED', cause })
  }
})

test('state that outlives a run is found where it makes a difference', async () => {
  let runs = 0
  const finding = await foundIn((table, process) => table.write(process, `row ${(runs += 1)}`, 1))
  expect(finding?.code).toBe('HIDDEN_STATE')
  expect(finding?.sentence).toContain('remembers earlier runs')
})

test('an id that outlives its run is found, although each run makes the same', async () => {
  const ids = new Map<string, string>()
  const finding = await foundIn((table, process, { message }) => {
    const id = ids.get(message) ?? simulatedWorld(process).ids.next()
    ids.set(message, id)
    return table.write(process, `row ${id}`, 1)
  })
  expect(finding?.code).toBe('HIDDEN_STATE')
})

test('a run that goes on and on is stuck', async () => {
  const again: Work = async (table, process) => {
    for (;;) await table.read(process, 'status')
  }
  expect(await foundIn(again, { maxSteps: 50 })).toMatchObject({
    code: 'STUCK',
    sentence:
      'expected the run to end within 50 steps, got one that goes on and on. ' +
      'The last step was in 1#1 in endpoint',
  })
})

const endless: readonly (readonly [string, Work])[] = [
  [
    'with an await',
    async () => {
      for (;;) await Promise.resolve()
    },
  ],
  [
    'without an await',
    () => {
      for (;;);
    },
  ],
]

test.each(endless)('a loop without end, %s, is ended, and named', async (_how, work) => {
  const { counterexample } = await exploreSystem({ system: doing(work) })
  expect(counterexample?.finding).toMatchObject({
    code: 'STUCK',
    sentence:
      'expected the code to wait for something or to end, got a loop without end after the step ' +
      '"1#1: increment begun"',
  })
  expect(counterexample?.trace.steps.at(-1)).toMatchObject({ kind: 'increment' })
  // The next exploration does not suffer from it.
  expect(await foundIn(() => undefined)).toBeUndefined()
})

/** What a machine does that has much else to do: the thread stands still, but for the first time
 *  only. */
function standsStillOnce(): Work {
  const never = new Int32Array(new SharedArrayBuffer(4))
  let has = false
  return () => {
    if (has) return
    has = true
    Atomics.wait(never, 0, 0)
  }
}

test('a machine that has much else to do makes no loop without end of what it lets wait', async () => {
  const { counterexample, coverage } = await exploreSystem({ system: doing(standsStillOnce()) })
  expect(counterexample).toBeUndefined()
  expect(coverage.kind).toBe('all')
  const { finding } = await replaySystem('0', { system: doing(standsStillOnce()) })
  expect(finding).toBeUndefined()
})

test('when an exploration is over, the program is what it was', async () => {
  const state = (): readonly unknown[] => [
    [Date, setTimeout, setInterval, setImmediate, Error.stackTraceLimit],
    ...[Date, Math, performance, crypto, globalThis.crypto].map((owner) =>
      Object.getOwnPropertyDescriptors(owner),
    ),
    [randomUUID, randomBytes, randomInt],
    Object.getOwnPropertyDescriptor(process, 'nextTick'),
    process.listeners('unhandledRejection'),
    process.listeners('uncaughtException'),
  ]
  const before = state()
  for (const work of [
    () => undefined,
    () => Date.now(),
    () => void Promise.reject(new Error('no')),
  ]) {
    await foundIn(work)
    expect(state()).toEqual(before)
  }
  const handle = setTimeout(() => undefined, 1)
  clearTimeout(handle)
  expect(Math.abs(new Date().getTime() - Date.now())).toBeLessThan(1000)
})
