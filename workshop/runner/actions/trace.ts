// The schedule of the first failure, step by step: what `replay` prints.

import { replayIn } from '../../checking/replaying.ts'
import type { Desk } from '../desk.ts'

export async function trace(desk: Desk): Promise<void> {
  const { folder, name, seen } = desk
  const message = seen?.tests.find(({ ok }) => !ok)?.message ?? ''
  const [, schedule] = /replay \d\d --schedule (\S+)/.exec(message) ?? []
  if (schedule === undefined) {
    const text = 'The last run has no schedule to show: none of its explorations failed.'
    return desk.emit({ kind: 'notice', text })
  }
  const heard: string[] = []
  await replayIn(folder, { schedule, hear: (text) => heard.push(text) })
  desk.emit({ kind: 'trace', exercise: name, text: heard.join('').trimEnd() })
}
