// The reader's files against the solution's: what differs, apart from formatting and comments.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { differences } from '../../diffing/differences.ts'
import { unified } from '../../diffing/unified.ts'
import type { Desk } from '../desk.ts'
import { type Asked, isUnlocked } from './lock.ts'

export async function compare(desk: Desk, asked: Asked): Promise<void> {
  if (!isUnlocked(desk, asked)) return
  const { exercise, name, folder } = desk
  const files = await Promise.all(
    [...exercise.solution].map(async ([file, theirs]) => {
      const mine = await readFile(join(folder, file), 'utf8').catch(() => '')
      const hunks = differences(lf(mine), theirs)
      const lines = unified(lf(mine), theirs, { from: `${file}, yours`, to: 'the solution', hunks })
      return { file, lines, hunks }
    }),
  )
  const count = (side: 'added' | 'removed'): number =>
    files.flatMap(({ hunks }) => hunks).reduce((sum, hunk) => sum + hunk[side].length, 0)
  desk.emit({
    kind: 'difference',
    exercise: name,
    files: files.map(({ file, lines }) => ({ file, lines })),
    added: count('added'),
    removed: count('removed'),
  })
  await desk.note((before) => ({ ...before, solution: before.solution ?? 'seen' }))
}

const lf = (text: string): string => text.replaceAll('\r\n', '\n')
