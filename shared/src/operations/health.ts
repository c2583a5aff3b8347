// Whether a process does its work, as one word with the reasons: for a probe that starts processes
// anew, and for the page that people look at.

import type { Broker } from '../broker/index.ts'
import { reasonOf, type RunningEndpoint } from '../pipeline/index.ts'
import type { Store } from '../store/index.ts'
import { type Clock, realWorld, within } from '../world/index.ts'
import { backlogOf } from './backlog.ts'

export type Health = {
  /** `ready`: it works. `degraded`: something keeps it from working as it should, and may pass.
   *  `stopped`: it will not work again; start another process. */
  readonly state: 'ready' | 'degraded' | 'stopped'
  /** Sentences for people; none where it is ready. */
  readonly reasons: readonly string[]
}

export type HealthOptions = {
  readonly endpoints: readonly Pick<RunningEndpoint, 'name' | 'isReceiving' | 'isStopped'>[]
  readonly broker: Pick<Broker, 'state'>
  /** Where there is an outbox. */
  readonly store?: Store
  /** How old something may be that is saved and not sent, in milliseconds. Default 30 000: three
   *  times as long as a relay leaves it to others. */
  readonly behindMs?: number
  /** How long the store may take to answer, in milliseconds. Default 2000. */
  readonly withinMs?: number
  readonly clock?: Clock
}

/** Looks at all parts. Never rejects.
 *
 *      createServer(async ({ url }, response) => {
 *        if (url === '/metrics') return response.end(exposition({ endpoints: numbers.read() }))
 *        const health = await healthOf({ endpoints: [orders], broker, store })
 *        response.statusCode = health.state === 'stopped' ? 503 : 200
 *        response.end(JSON.stringify(health))
 *      }).listen(9464, '127.0.0.1')
 */
export async function healthOf(options: HealthOptions): Promise<Health> {
  const { endpoints, broker } = options
  const { state } = broker
  if (state.kind === 'closed') return { state: 'stopped', reasons: ['the broker was closed'] }
  const stopped = endpoints.filter(({ isStopped }) => isStopped).map(({ name }) => name)
  const reasons = [
    ...stopped.map((name) => `the endpoint ${name} was stopped`),
    ...(state.kind === 'away' ? [state.reason] : []),
    ...endpoints
      .filter(({ isStopped, isReceiving }) => !isStopped && !isReceiving)
      .map(({ name }) => `the broker hands nothing to the endpoint ${name}`),
    ...(await behind(options)),
  ]
  const isStopped = endpoints.length > 0 && stopped.length === endpoints.length
  return { state: isStopped ? 'stopped' : reasons.length > 0 ? 'degraded' : 'ready', reasons }
}

async function behind({
  store,
  behindMs = 30_000,
  withinMs = 2000,
  clock = realWorld().clock,
}: HealthOptions): Promise<readonly string[]> {
  if (!store) return []
  try {
    const looked = backlogOf(store, clock)
    const { records, isMore, oldestMs } = await within(withinMs, looked, 'the store to answer')
    if (oldestMs <= behindMs) return []
    const seconds = Math.round(oldestMs / 1000)
    return [
      `the relay is behind by ${records}${isMore ? ' or more' : ''}: the oldest was saved ` +
        `${seconds} s ago and is not sent`,
    ]
  } catch (error) {
    return [`the store does not answer: ${reasonOf(error)}`]
  }
}
