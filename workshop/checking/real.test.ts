import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Exercise } from '../catalogue/exercise.ts'
import { exercise03, exerciseOf } from '../real/testing/solution.ts'
import { run } from '../tool.ts'
import { realLines, type RealVerification, verifyReal } from './real.ts'

async function onSqlite(exercise: Exercise): Promise<RealVerification> {
  const brokers = [{ kind: 'sqlite' }] as const
  const [result] = await verifyReal([exercise], { brokers, seed: '1' })
  return result!
}

const failuresOf = ({ tests }: RealVerification) =>
  tests.filter(({ ok }) => !ok).map(({ name, message }) => `${name}: ${message}`)

/** The endpoints' processes that run below a folder of this name, on a system that can list them. */
async function processesOf(folder: string): Promise<readonly string[]> {
  if (process.platform === 'win32') return []
  const { output } = await run('ps', ['-eo', 'args'])
  return output.split('\n').filter((line) => line.includes(folder) && line.includes('process.ts'))
}

describe('solutions on real processes', () => {
  test('the solution of 03 holds, with its tests unchanged', async () => {
    const result = await onSqlite(await exercise03())
    expect(failuresOf(result)).toEqual([])
    expect(result.tests).toHaveLength(4)
    expect(realLines([result])[0]).toMatch(/^✔ 03-.+ on sqlite: 4 of 4, \d+ ms$/)
  })

  test('its start fails with the code of its failure, and says what happened', async () => {
    const exercise = await exercise03()
    const result = await onSqlite({ ...exercise, solution: new Map() })
    const [failure, ...others] = result.tests.filter(({ ok }) => !ok)
    expect(others).toEqual([])
    expect(failure).toMatchObject({ code: 'DUPLICATE_EFFECT', name: exercise.front.red[0]!.test })
    expect(failure!.message).toContain('saves order-1 = [porsche, porsche]')
    expect(realLines([result])[0]).toMatch(/^✘ 03-.+ on sqlite: 3 of 4/)
  })

  test('every fault comes about, and nothing that is not asked for', async () => {
    const result = await onSqlite(await exerciseOf('faults'))
    expect(failuresOf(result)).toEqual([])
    expect(result.tests).toHaveLength(14)
    expect(result.tests.flatMap(({ leftOut }) => leftOut)).toEqual([])
  })

  test('servers are called, killed, and their requests lost, delayed and copied', async () => {
    const result = await onSqlite(await exerciseOf('servers'))
    expect(failuresOf(result)).toEqual([])
    expect(result.tests).toHaveLength(7)
    expect(result.tests.flatMap(({ leftOut }) => leftOut)).toEqual([])
  })

  test('a server that is killed twenty times under load charges once for each intent', async () => {
    const result = await onSqlite(await exerciseOf('killed-server'))
    expect(failuresOf(result)).toEqual([])
    expect(result.tests).toHaveLength(1)
    // A kill that did not happen would be said.
    expect(result.tests[0]?.leftOut).toEqual([])
  })

  test('the store has its limits, and what it cannot do is said', async () => {
    const result = await onSqlite(await exerciseOf('store-limits'))
    const [large, small, long, day, moment] = result.tests
    expect(large).toMatchObject({ ok: false, code: 'ENTITY_TOO_LARGE' })
    expect(large?.message).toContain('at most 10 bytes of JSON in order-1')
    expect(small).toMatchObject({ ok: true, leftOut: ['stale reads', 'expiry'] })
    expect(long).toMatchObject({ ok: true, leftOut: ['a long run'] })
    expect(day).toMatchObject({ ok: true, leftOut: ['what lasts for more than 10 s'] })
    expect(moment).toMatchObject({ ok: false, code: 'ENTITY_TOO_LARGE' })
  })

  test.skipIf(process.platform === 'win32')('a lease expires while its owner works', async () => {
    const result = await onSqlite(await exerciseOf('expired-leases'))
    expect(failuresOf(result)).toEqual([])
    expect(result.tests).toHaveLength(1)
    expect(result.tests[0]!.leftOut).toEqual([])
  })

  const solved = `import { handler } from '@workshop/shared/pipeline'
    import { AddItem } from '@workshop/shared/shop'
    const inProcess = process.send !== undefined
    export const addItem = handler(AddItem, async () => {})`

  test.each([
    ['that dies at its start', `${solved}\nif (inProcess) throw new Error('no gifts today')`],
    [
      'that dies at work',
      solved.replace('{})', "{ console.error('no gifts today'); process.exit(3) })"),
    ],
  ])('a process %s is answered with what it said, at once', async (_name, text) => {
    const folder = `03-${randomUUID()}`
    const result = await onSqlite({ ...(await exercise03(text)), folder })
    expect(result.ok).toBe(false)
    for (const { message } of result.tests) {
      expect(message).toMatch(
        /expected the process of orders-[12] to go on, it ended with exit code/,
      )
      expect(message).toContain('no gifts today')
    }
    expect(await processesOf(folder)).toEqual([])
  })

  test('what is tried is said: what a specification has besides is left out', async () => {
    const exercise = await exercise03()
    const text = exercise.start
      .get('orders.test.ts')!
      .replace('faults: { duplicates: 1 }', 'faults: { reorderings: 1 }, always: () => []')
    const result = await onSqlite({
      ...exercise,
      start: new Map([...exercise.start, ['orders.test.ts', text]]),
    })
    expect(realLines([result]).join('\n')).toMatch(
      /left out: reorderings, what must hold after each step, but for the last \(a porsche/,
    )
  })
})
