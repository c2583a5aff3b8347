import { expect, test } from 'vitest'
import { ManualWorld } from '../world/index.ts'
import { startBackground } from './index.ts'

test('one pass follows the other, whether or not it fails, and none overlaps', async () => {
  const world = new ManualWorld()
  const starts: number[] = []
  let running = 0
  await using _background = startBackground({
    name: 'test',
    everyMs: 100,
    world,
    pass: async (signal) => {
      expect((running += 1)).toBe(1)
      starts.push(world.clock.nowMs())
      await world.sleep(250, signal)
      running -= 1
      if (starts.length === 2) throw new Error('broken')
    },
  })
  await world.advance(1000)
  expect(starts).toEqual([0, 350, 700])
})

test('it is over when it has stopped, and a pass that goes on is told', async () => {
  const world = new ManualWorld()
  let reason: unknown
  const background = startBackground({
    name: 'test',
    everyMs: 100,
    world,
    pass: (signal) =>
      world.sleep(1000, signal).catch((error: unknown) => {
        reason = error
      }),
  })
  await world.advance(10)
  await background.stop()
  await background.stop()
  expect(reason).toEqual(new Error('test stops'))
  expect(world.sleeping).toBe(0)
})

test('the pauses differ, from half of the time to one and a half', async () => {
  const world = new ManualWorld({ random: (name) => (name === 'test-1' ? 0 : 0.9) })
  const starts: number[] = []
  await using _background = startBackground({
    name: 'test',
    everyMs: 100,
    world,
    pass: async () => void starts.push(world.clock.nowMs()),
  })
  await world.advance(200)
  expect(starts).toEqual([0, 50, 190])
})
