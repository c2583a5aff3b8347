import { expect, test } from 'vitest'
import { patience } from './patience.ts'

test('it ends when its time is over', () => {
  let nowMs = 5
  const isOver = patience(300, () => nowMs)
  const seen = [50, 100, 100, 50].map((passedMs) => {
    nowMs += passedMs
    return isOver()
  })
  expect(seen).toEqual([false, false, false, true])
})

test('a machine that stands still for an hour makes nobody late', () => {
  let nowMs = 0
  const isOver = patience(300, () => nowMs)
  nowMs += 3_600_000
  expect([isOver(), isOver()]).toEqual([false, false])
  for (let look = 0; look < 2; look += 1) {
    nowMs += 100
    expect(isOver()).toBe(look === 1)
  }
})
