// How an action that wrote files of the reader's tells it.

import { relative, sep } from 'node:path'
import type { Done } from '../../progress/restore.ts'
import type { Desk } from '../desk.ts'
import type { EventOf } from '../events.ts'
import { nameOf } from '../workshop.ts'

/** `done` may be about another exercise than the one that is open. */
export function writtenEvent(
  desk: Desk,
  what: EventOf<'written'>['what'],
  { exercise: folder, kept, written, removed, left }: Done,
): EventOf<'written'> {
  const exercise = desk.workshop.exercises.find((one) => one.folder === folder)
  const { root } = desk.place
  return {
    kind: 'written',
    exercise: exercise ? nameOf(exercise) : desk.name,
    what,
    files: [...written, ...removed],
    left,
    ...(kept === undefined ? {} : { kept: relative(root, kept).split(sep).join('/') }),
  }
}
