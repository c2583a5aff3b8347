// A replay of dead letters as it was asked for: the queue is one of this broker, and a dry run only
// looks.

import { deadLetterQueue } from '@workshop/shared/broker'
import { maxLooked, replayDeadLetters } from '@workshop/shared/operations'
import { SetupProblem } from '../command.ts'
import { chosen } from './inspection.ts'
import { asProblem, queueNames, type Reached } from './reach.ts'
import type { ReplayResult } from './replay-lines.ts'

export type ReplayWish = {
  readonly queue: string
  /** Default: all. */
  readonly ids: readonly string[] | undefined
  readonly limit: number
  readonly dryRun: boolean
}

/** Throws a `SetupProblem` where there is no such queue. */
export async function replay(
  reached: Reached,
  { queue: named, ids, limit, dryRun }: ReplayWish,
): Promise<ReplayResult> {
  const { broker } = reached
  const [queue] = chosen(queueNames([named]), reached.numbers())
  if (queue === undefined) throw new SetupProblem(`expected the name of a queue, got "${named}"`)
  return asProblem(async () => {
    const dead = deadLetterQueue(queue)
    if (!dryRun) {
      const done = await replayDeadLetters(broker, queue, { limit, ...(ids ? { ids } : {}) })
      return { queue, dryRun, ...done, left: await broker.count(dead) }
    }
    const left = await broker.count(dead)
    const found = left === 0 ? [] : (await broker.peek(dead, maxLooked)).map(({ id }) => id)
    const wanted = found.filter((id) => !ids || ids.includes(id)).slice(0, limit)
    const missing = (ids ?? []).filter((id) => !found.includes(id))
    const unseen = Math.max(0, left - maxLooked)
    return { queue, dryRun, replayed: wanted, refused: [], missing, unseen, left }
  })
}
