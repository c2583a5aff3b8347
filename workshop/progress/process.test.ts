import { expect, test } from 'vitest'
import { bornIn, isAlive, self } from './process.ts'

const stat = (state: string): string =>
  `42 (node ) S 1) ${state} ${Array.from({ length: 40 }, (_, index) => index + 4).join(' ')}`

test('a process is known by its boot and the time of its start, whatever its name', () => {
  expect(bornIn(stat('S'), 'boot')).toBe('boot 22')
})

test('a process that has ended, but that its parent has not asked about, is gone', () => {
  expect(bornIn(stat('Z'), 'boot')).toBe('gone')
  expect(bornIn(stat('X'), 'boot')).toBe('gone')
})

test('this process runs, and one that cannot be does not', () => {
  expect(isAlive(self())).toBe(true)
  expect(isAlive({ pid: 2 ** 22 + 17 })).toBe(false)
})
