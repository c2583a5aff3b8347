// Vitest waits for a minute for a thread to say that it has stopped. One that somebody ends in
// that moment, as `q` does, is spoken for.

import { expect, test } from 'vitest'
import type { PoolOptions, PoolWorker } from 'vitest/node'
import { within } from '@workshop/shared/world'
import { WarmPool } from './warm-pool.ts'

const options = { env: {}, execArgv: [] } as unknown as PoolOptions
const stop = { type: 'stop', __vitest_worker_request__: true } as Parameters<PoolWorker['send']>[0]
const limitMs = 10_000

/** A thread of `pool`, and what it says when it is told to stop. */
function threadOf(pool: WarmPool) {
  const thread = pool.createPoolWorker(options)
  const said = new Promise<unknown>((resolve) => thread.on('message', resolve))
  return { thread, saysThatItHasStopped: () => within(limitMs, said, 'the thread to say so') }
}

const hasStopped = { __vitest_worker_response__: true, type: 'stopped' }

test('a thread that was ended before it is told to stop has stopped', async () => {
  const pool = new WarmPool(() => undefined)
  const { thread, saysThatItHasStopped } = threadOf(pool)
  await pool.end()
  thread.send(stop)
  expect(await saysThatItHasStopped()).toEqual(hasStopped)
})

test('a thread that is ended after it was told to stop, and before it has, has stopped', async () => {
  const pool = new WarmPool(() => undefined)
  const { thread, saysThatItHasStopped } = threadOf(pool)
  thread.send(stop)
  await pool.end()
  expect(await saysThatItHasStopped()).toEqual(hasStopped)
})

test('a run leaves nothing behind that listens to its thread', async () => {
  const pool = new WarmPool(() => undefined)
  const { thread } = threadOf(pool)
  thread.send(stop)
  await thread.stop()
  const heard: unknown[] = []
  thread.on('message', (message: unknown) => heard.push(message))
  await pool.end()
  expect(heard).toEqual([])
})
