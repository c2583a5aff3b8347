// The soft lock of a solution: it opens once the exercise is green, after three red runs in a row,
// or when somebody asks for it anyway. What was seen once stays open.

import type { Desk } from '../desk.ts'

const redRuns = 3

export type Asked = { readonly anyway: boolean }

export function isOpen({ progress: { status, redInARow, solution } }: Desk): boolean {
  return status === 'done' || solution !== undefined || redInARow >= redRuns
}

/** Whether the solution may be shown. Where not, what opens it is told. */
export function isUnlocked(desk: Desk, { anyway }: Asked): boolean {
  if (anyway || isOpen(desk)) return true
  const left = redRuns - desk.progress.redInARow
  const runs = `${left} more red run${left > 1 ? 's' : ''}`
  const why = `The solution opens once the exercise is green, or after ${runs}; --anyway opens it.`
  desk.emit({ kind: 'closed', exercise: desk.name, why })
  return false
}
