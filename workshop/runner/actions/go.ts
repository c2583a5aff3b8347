// From one exercise to another. Only somebody who asks for it gets anywhere: green stops and waits.

import { type Exercise } from '../../catalogue/exercise.ts'
import { progressOf, slugOf } from '../../progress/state.ts'
import type { Desk } from '../desk.ts'
import { doneIn, nextAfter } from '../workshop.ts'

/** To `exercise`, whatever state it is in. */
export async function goTo(desk: Desk, exercise: Exercise): Promise<void> {
  await desk.goTo(exercise)
  desk.emit({ kind: 'went', exercise: desk.name })
}

/** To the next one that is open. Answers whether there was one. */
export async function goOn(desk: Desk): Promise<boolean> {
  const next = nextAfter(desk.workshop, desk.exercise)
  if (next) {
    await goTo(desk, next)
    return true
  }
  const { exercises, progress } = desk.workshop
  const skipped = exercises.filter(
    ({ folder }) => progressOf(progress, slugOf(folder)).status === 'skipped',
  ).length
  desk.emit({ kind: 'finished', done: doneIn(desk.workshop), skipped })
  return false
}

/** Leaves it as it is, and goes on. What is done stays done. */
export async function skip(desk: Desk): Promise<boolean> {
  const { name } = desk
  await desk.note((before) =>
    before.status === 'done' ? before : { ...before, status: 'skipped' },
  )
  desk.emit({ kind: 'skipped', exercise: name })
  return goOn(desk)
}
