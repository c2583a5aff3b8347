// The solution: shown, or put in the place of the reader's files, which are kept.

import { takeSolution } from '../../progress/restore.ts'
import type { Desk } from '../desk.ts'
import { type Asked, isUnlocked } from './lock.ts'
import { writtenEvent } from './written.ts'

export async function showSolution(desk: Desk, asked: Asked): Promise<void> {
  if (!isUnlocked(desk, asked)) return
  const { exercise, name } = desk
  desk.emit({
    kind: 'solution',
    exercise: name,
    page: `solutions/${exercise.folder}/README.md`,
    files: [...exercise.solution].map(([file, text]) => ({ file, text })),
  })
  await desk.note((before) => ({ ...before, solution: before.solution ?? 'seen' }))
}

/** Answers whether it was put there. */
export async function putSolution(desk: Desk, asked: Asked): Promise<boolean> {
  if (!isUnlocked(desk, asked)) return false
  const done = await takeSolution(desk.exercise, desk.place)
  desk.emit(writtenEvent(desk, 'solution taken', done))
  await desk.note((before) => ({ ...before, solution: 'taken' }))
  return true
}
