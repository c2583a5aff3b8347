import { expect, test } from 'vitest'
import { Window } from './window.ts'

test('at most its size run at once, in order, and it is idle only after the last', async () => {
  const window = new Window(2)
  const started: number[] = []
  const finish: (() => void)[] = []
  const results = [1, 2, 3, 4].map((name) =>
    window.run(async () => {
      started.push(name)
      await new Promise<void>((resolve) => finish.push(resolve))
      if (name === 2) throw new Error('two failed')
      return name
    }),
  )
  const settled = Promise.allSettled(results)
  let isIdle = false
  const idle = window.idle().then(() => {
    isIdle = true
  })
  for (const count of [2, 3, 4]) {
    expect(started).toHaveLength(count)
    expect(isIdle).toBe(false)
    finish.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  finish.shift()?.()
  await idle
  expect(started).toEqual([1, 2, 3, 4])
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  await window.idle()
})
