import { expect, test, vi } from 'vitest'
import { realWorld } from './index.ts'

const names = Array.from({ length: 1000 }, (_, index) => `coin ${index}`)

test('a seed reproduces every coin, in whatever order the coins are tossed', () => {
  const first = realWorld({ seed: 'christmas' })
  const second = realWorld({ seed: 'christmas' })
  const inOrder = names.map((name) => first.coin(name))
  const reversed = names.toReversed().map((name) => second.coin(name))
  expect(reversed.toReversed()).toEqual(inOrder)
})

test('another seed tosses other coins, and both sides come up', () => {
  const first = names.map((name) => realWorld({ seed: 'a' }).coin(name))
  const second = names.map((name) => realWorld({ seed: 'b' }).coin(name))
  expect(second).not.toEqual(first)
  expect(first.filter(Boolean).length).toBeGreaterThan(400)
  expect(first.filter(Boolean).length).toBeLessThan(600)
})

test('a random number is at least 0 and below 1', () => {
  const world = realWorld({ seed: 'c' })
  const numbers = names.map((name) => world.random(name))
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
})

test('a sleep ends with the reason of its signal', async () => {
  const before = AbortSignal.abort(new Error('closing'))
  await expect(realWorld().sleep(60_000, before)).rejects.toThrow('closing')
  const controller = new AbortController()
  const asleep = realWorld().sleep(60_000, controller.signal)
  controller.abort(new Error('time is up'))
  await expect(asleep).rejects.toThrow('time is up')
})

test('ids are never repeated', () => {
  const { ids } = realWorld()
  expect(new Set(names.map(() => ids.next())).size).toBe(names.length)
})

test('an alarm rings when its time has come, and not once it was stopped', () => {
  vi.useFakeTimers()
  try {
    const rung: string[] = []
    const { alarm } = realWorld()
    alarm?.(100, () => rung.push('first'))
    const stop = alarm?.(100, () => rung.push('stopped'))
    stop?.()
    vi.advanceTimersByTime(99)
    expect(rung).toEqual([])
    vi.advanceTimersByTime(1)
    expect(rung).toEqual(['first'])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
