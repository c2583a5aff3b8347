import { expect, test } from 'vitest'
import { microClock } from './micro-clock.ts'

const start = { wallMs: 1000, tickMs: 5 }
const clockOn = (now: typeof start) =>
  microClock({ wallMs: () => now.wallMs, tickMs: () => now.tickMs, originMs: 995 })

test('two moments within a millisecond are in order', () => {
  const now = { ...start }
  const micros = clockOn(now)
  expect(micros()).toBe(1_000_000)
  now.tickMs += 0.25
  expect(micros()).toBe(1_000_250)
})

test('a machine that slept, or whose clock was set, is believed', () => {
  const now = { ...start }
  const micros = clockOn(now)
  now.wallMs += 3_600_000
  expect(micros()).toBe(3_601_000_000)
  now.wallMs -= 3_600_500
  expect(micros()).toBe(500_000)
})

test('what the two clocks differ by in rounding is not', () => {
  const now = { ...start }
  const micros = clockOn(now)
  now.wallMs += 1
  now.tickMs += 0.75
  expect(micros()).toBe(1_000_750)
})
