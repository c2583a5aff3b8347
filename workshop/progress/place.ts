// Where a clone is, what time it is there, and how a whole file reaches its disk. Tests put a
// temporary folder, a clock of their own and a failing disk here.

import { join } from 'node:path'
import type { Exercise } from '../catalogue/exercise.ts'
import { root } from '../root.ts'
import { removeFile, replaceFile, writeDurably } from './disk.ts'

/** What is needed of an exercise to tell an attendee's work from its start. */
export type Start = Pick<Exercise, 'folder' | 'start'>

export type Disk = {
  /** For files that are not there yet. */
  readonly write: typeof writeDurably
  readonly replace: typeof replaceFile
  readonly remove: typeof removeFile
}

export type Place = {
  readonly root: string
  readonly now: () => Date
  readonly disk: Disk
}

export const realDisk: Disk = { write: writeDurably, replace: replaceFile, remove: removeFile }

export const placeOf = ({
  root: folder = root,
  now = () => new Date(),
  disk = realDisk,
}: Partial<Place> = {}): Place => ({ root: folder, now, disk })

export const workshopFolder = ({ root }: Pick<Place, 'root'>): string => join(root, '.workshop')

/** Where a file of an exercise is. `path` has `/` on every system. */
export const fileOf = (
  { folder }: Pick<Start, 'folder'>,
  path: string,
  { root }: Pick<Place, 'root'>,
): string => join(root, 'exercises', folder, ...path.split('/'))
