// All exercises, with how each stands.

import { workOn } from '../../progress/work.ts'
import { progressOf, slugOf } from '../../progress/state.ts'
import type { Desk } from '../desk.ts'
import { nameOf } from '../workshop.ts'

export async function list(desk: Desk): Promise<void> {
  const { exercises, progress } = desk.workshop
  const rows = await Promise.all(
    exercises.map(async (exercise) => ({
      ...nameOf(exercise),
      part: exercise.front.part,
      status: progressOf(progress, slugOf(exercise.folder)).status,
      isCurrent: exercise.folder === desk.exercise.folder,
      isChanged: (await workOn(exercise, desk.place)).changed.length > 0,
    })),
  )
  desk.emit({ kind: 'list', exercises: rows })
}
