import { expect, test } from 'vitest'
import { FewPerTurn } from './few-per-turn.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** How many of `count` things were done after each turn. */
async function doneAfterTurns(count: number, turns: number): Promise<readonly number[]> {
  let done = 0
  const some = new FewPerTurn(8, () => {
    if (done < count) done += 1
    return done < count
  })
  some.goOn()
  some.goOn()
  const seen = [done]
  for (let at = 0; at < turns; at += 1) {
    await turn()
    seen.push(done)
  }
  return seen
}

test('of many things a few are done in each turn of the event loop', async () => {
  expect(await doneAfterTurns(20, 4)).toEqual([0, 8, 16, 20, 20])
})

test('it goes on once there is more to do', async () => {
  const waiting = ['first']
  const done: string[] = []
  const some = new FewPerTurn(8, () => {
    const next = waiting.shift()
    if (next) done.push(next)
    return next !== undefined
  })
  some.goOn()
  await turn()
  waiting.push('second')
  await turn()
  expect(done).toEqual(['first'])
  some.goOn()
  await turn()
  expect(done).toEqual(['first', 'second'])
})
