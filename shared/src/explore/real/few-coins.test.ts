import { expect, test } from 'vitest'
import { realWorld } from '../../world/index.ts'
import { fewCoins } from './few-coins.ts'

const names = Array.from({ length: 20 }, (_, index) => `coin ${index}`)

test('coins fall on heads as often as is allowed, and those that did fall so again', () => {
  const world = realWorld({ seed: '1' })
  const all = names.filter((name) => world.coin(name))
  expect(all.length).toBeGreaterThan(2)
  const few = fewCoins(world, 2)
  const toss = () => names.filter((name) => few.coin(name))
  expect([toss(), toss()]).toEqual([all.slice(0, 2), all.slice(0, 2)])
})
