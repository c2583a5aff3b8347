import { expect, test } from 'vitest'
import { ack, aMessage, deadLetter, release } from './contract/parts.ts'
import { maxDelayMs, outcomeOf } from './outcome.ts'

const { signal } = new AbortController()
const delivery = { message: aMessage('one'), queue: 'orders', attempt: 1, signal }
const outcomeFor = (given: unknown) => outcomeOf(async () => given as never, delivery)

test('an outcome stays what it is', async () => {
  const later = { kind: 'retry', delayMs: 5, reason: 'later' }
  for (const outcome of [ack, release, deadLetter('no'), later]) {
    expect(await outcomeFor(outcome)).toEqual(outcome)
  }
})

test('a failure is a retry at once, with the reason', async () => {
  const failed = await outcomeOf(() => Promise.reject(new Error('declined')), delivery)
  expect(failed).toEqual({ kind: 'retry', delayMs: 0, reason: 'Error: declined' })
})

test('what is no outcome is a retry at once, whatever it is', async () => {
  for (const given of [
    undefined,
    null,
    'ack',
    { kind: 'done' },
    Object.create(null),
    Symbol('x'),
  ]) {
    expect(await outcomeFor(given)).toMatchObject({ kind: 'retry', delayMs: 0 })
  }
})

test('a delay that is none is no delay, and one without end has an end', async () => {
  for (const delayMs of [undefined, -5, NaN, '10']) {
    expect(await outcomeFor({ kind: 'retry', delayMs, reason: '' })).toMatchObject({ delayMs: 0 })
  }
  const endless = { kind: 'retry', delayMs: Infinity, reason: '' }
  expect(await outcomeFor(endless)).toMatchObject({ delayMs: maxDelayMs })
})
