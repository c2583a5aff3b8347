import { expect, test } from 'vitest'
import { LeaseTrust } from './lease-trust.ts'

const options = { everyMs: 50, renewMs: 300 }

test('a process that starts gives others the time of a renewal', () => {
  expect(new LeaseTrust(options).observe(10_000)).toBe(10_300)
})

test('a process that runs evenly believes what it sees', () => {
  const trust = new LeaseTrust(options)
  for (let nowMs = 10_000; nowMs <= 20_000; nowMs += 50) trust.observe(nowMs)
  expect(trust.observe(20_050)).toBe(10_300)
})

test('a process that slept gives others the time of a renewal', () => {
  const trust = new LeaseTrust(options)
  trust.observe(10_000)
  expect(trust.observe(60_000)).toBe(60_300)
})

test('a process whose clock was set back gives others the time of a renewal', () => {
  const trust = new LeaseTrust(options)
  trust.observe(60_000)
  expect(trust.observe(10_000)).toBe(10_300)
})
