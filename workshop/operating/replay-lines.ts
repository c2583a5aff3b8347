// What a replay of dead letters did, as lines; last how many, and what is left to do.

import type { Replayed } from '@workshop/shared/operations'
import { clean, count, type Look, wrap } from '../screens/text.ts'
import { foreign, shown } from './inspect-lines.ts'

export type ReplayResult = Replayed & {
  readonly queue: string
  /** Nothing was done: `replayed` would be. */
  readonly dryRun: boolean
  /** How many dead letters there are now. */
  readonly left: number
}

/** More ids fill a screen and tell nothing. */
const maxListed = 20

export function replayLines(result: ReplayResult, look: Look): readonly string[] {
  const { replayed, refused, missing, unseen, dryRun } = result
  const sign = dryRun ? 'would be replayed  ' : 'replayed  '
  const more = replayed.length - maxListed
  return [
    ...replayed.slice(0, maxListed).flatMap((id) => wrap(shown(id), sign, look)),
    ...(more > 0 ? [`and ${count(more, 'other')}`] : []),
    ...refused.flatMap(({ id, reason }) => foreign(`${shown(id)}: ${reason}`, 'REFUSED  ', look)),
    ...missing.flatMap((id) => wrap(shown(id), unseen > 0 ? 'NOT SEEN  ' : 'NOT THERE  ', look)),
    ...(missing.length > 0 && unseen > 0 ? wrap(behind(unseen), '', look) : []),
    ...wrap(verdict(result), '', look),
  ]
}

const behind = (unseen: number): string =>
  `${count(unseen, 'dead letter')} stood behind those that were looked at: replay some of these first`

function verdict({ queue, replayed, refused, missing, dryRun, left }: ReplayResult): string {
  const rest = left === 0 ? 'no dead letters are left' : `${count(left, 'dead letter')} left`
  const name = clean(queue)
  if (dryRun) {
    return `DRY RUN  ${count(replayed.length, 'message')} would be in ${name} again; nothing was done`
  }
  const isDone = replayed.length > 0
  const word = refused.length + missing.length > 0 ? 'NOT ALL REPLAYED' : 'REPLAYED'
  if (!isDone && word === 'REPLAYED') return `NOTHING TO REPLAY  ${name} has no dead letters`
  return `${word}  ${count(replayed.length, 'message')} in ${name} again, under the same id; ${rest}`
}
