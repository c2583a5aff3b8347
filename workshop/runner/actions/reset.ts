// Back to the start, back to the files that are missing, and back to what was there before: each
// keeps what it replaces.

import { bringBackMissing, resetExercise, undo } from '../../progress/restore.ts'
import { startHash } from '../../progress/work.ts'
import type { Desk } from '../desk.ts'
import { writtenEvent } from './written.ts'

export async function reset(desk: Desk): Promise<void> {
  desk.emit(writtenEvent(desk, 'reset', await resetExercise(desk.exercise, desk.place)))
  await desk.note((before) => ({
    ...before,
    redInARow: 0,
    sameFailures: 0,
    start: startHash(desk.exercise),
  }))
}

export async function bringBack(desk: Desk): Promise<void> {
  const done = await bringBackMissing(desk.exercise, desk.place)
  desk.emit(writtenEvent(desk, 'missing files brought back', done))
}

/** Undoes the last writing in any exercise. */
export async function undoLast(desk: Desk): Promise<void> {
  const done = await undo(desk.workshop.exercises, desk.place)
  if (!done) return desk.emit({ kind: 'notice', text: 'There is nothing to undo.' })
  desk.emit(writtenEvent(desk, 'undone', done))
}
