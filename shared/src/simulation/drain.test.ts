// Between two steps everything that can run has run, and nothing of it gets away. All else relies
// on that, and on an undocumented function of Node; so what it does is pinned down here.

import { expect, test } from 'vitest'
import { Drain, inTurn } from './drain.ts'
import { exploreSystem, linesOf, replaySystem, type System } from './index.ts'
import { seededBugs } from './testing/seeded-bugs.ts'

/** What `work` returns, while a drain is installed, outside of any promise job. */
function installed<T>(work: (drain: Drain) => T): Promise<T> {
  return inTurn(() => {
    const drain = new Drain()
    drain.install()
    try {
      return work(drain)
    } finally {
      drain.uninstall()
    }
  })
}

async function chain(length: number, whenDone: () => void): Promise<void> {
  for (let turn = 0; turn < length; turn += 1) await Promise.resolve()
  whenDone()
}

test('a drain runs a chain of 1,000 awaits to its end before it returns', async () => {
  const done = await installed((drain) => {
    let isDone = false
    void chain(1000, () => (isDone = true))
    const before = isDone
    drain.run()
    return [before, isDone]
  })
  expect(done).toEqual([false, true])
})

test('a drain runs ticks too, those of promises and those of ticks, in order', async () => {
  const order = await installed((drain) => {
    const order: string[] = []
    process.nextTick((name: string) => {
      order.push(name)
      void Promise.resolve().then(() => order.push('promise of a tick'))
      process.nextTick(() => order.push('tick of a tick'))
    }, 'tick')
    void Promise.resolve().then(() => process.nextTick(() => order.push('tick of a promise')))
    drain.run()
    return order
  })
  expect(order).toEqual(['tick', 'tick of a promise', 'promise of a tick', 'tick of a tick'])
})

test('inside of a promise job a drain does nothing, and the canary says so', async () => {
  const [outside, inside] = await inTurn(() => {
    const drain = new Drain()
    drain.install()
    const outside = drain.canary()
    return Promise.resolve().then(() => {
      const inside = drain.canary()
      drain.uninstall()
      return [outside, inside]
    })
  })
  expect([outside, inside]).toEqual([true, false])
})

test('a throw in a tick is kept, and what comes after it runs', async () => {
  const { stray, hasRun } = await installed((drain) => {
    let hasRun = false
    process.nextTick(() => {
      throw new Error('in a tick')
    })
    process.nextTick(() => (hasRun = true))
    drain.run()
    return { stray: drain.stray, hasRun }
  })
  expect(stray).toEqual([new Error('in a tick')])
  expect(hasRun).toBe(true)
})

test('a rejection that nobody handles and a throw in a microtask are kept', async () => {
  const stray = await installed((drain) => {
    void Promise.reject(new Error('rejected'))
    drain.run()
    queueMicrotask(() => {
      throw new Error('thrown')
    })
    drain.run()
    return drain.stray
  })
  expect(stray).toEqual([new Error('rejected'), new Error('thrown')])
})

test('after a drain, ticks and listeners are what they were', async () => {
  const state = (): unknown => [
    Reflect.get(process, 'nextTick'),
    process.listeners('unhandledRejection'),
    process.listeners('uncaughtException'),
  ]
  const before = state()
  const during = await installed(state)
  expect(during).not.toEqual(before)
  expect(state()).toEqual(before)
})

const quick = { maxCost: 1, boundedSteps: 300, searchSteps: 300, samples: 20 }

test.each(Object.entries(seededBugs))(
  'left to the event loop, exploring %s tells the same',
  async (_name, bug) => {
    const told = async (drain: 'synchronous' | 'event loop') => {
      const { counterexample, ...report } = await exploreSystem({ ...bug, drain, effort: quick })
      const { finding, schedule = '0', trace } = counterexample ?? {}
      const replayed = await replaySystem(schedule, { ...bug, drain })
      const lines = [trace, replayed.trace].map((one) => one && linesOf(one))
      return { ...report, code: finding?.code, schedule, lines }
    }
    expect(await told('event loop')).toEqual(await told('synchronous'))
  },
)

test('left to the event loop, a chain of 1,000 awaits is waited for as well', async () => {
  const system: System = (simulation) => {
    let isDone = false
    const start = (): void => void chain(1000, () => (isDone = true))
    simulation.process({ name: 'patient', start })
    return { atEnd: () => (isDone ? undefined : { code: 'HASTY', sentence: 'it was not done' }) }
  }
  for (const drain of ['synchronous', 'event loop'] as const) {
    const { counterexample } = await exploreSystem({ system, drain })
    expect(counterexample?.finding, drain).toBeUndefined()
  }
})
