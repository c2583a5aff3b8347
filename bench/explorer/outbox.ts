// Every schedule of an outbox: two consumers, three messages and one crash, with everything that a
// handler goes through between the broker and the store.

import { performance } from 'node:perf_hooks'
import { explore } from '@workshop/shared/explore'
import { ordered, withOutbox } from '../../shared/src/explore/testing/outbox.ts'

/** Throws where the outbox does not hold, or where not everything was searched. */
export async function outboxSearch() {
  const startedMs = performance.now()
  const report = await explore(ordered(withOutbox))
  if (report?.coverage.kind !== 'all') throw new Error('expected all schedules, got samples')
  const { coverage, schedules } = report
  return { states: coverage.states, schedules, ms: performance.now() - startedMs }
}
