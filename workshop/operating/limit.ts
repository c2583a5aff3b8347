// How many messages a command may look at, as it is written in its call.

import { SetupProblem } from '../command.ts'

export function limitOf(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit
  throw new SetupProblem(`expected --limit from 1 to 1000, got "${text}"`)
}
