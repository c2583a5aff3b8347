// Takes a newer version of the workshop over, and leaves every file of an attendee as it was. One
// that was interrupted is mended first, by `update` and by `start`.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SetupProblem } from '../command.ts'
import { gitIn, openGit } from '../git/git.ts'
import { keepAttempt, withFiles } from '../progress/attempts.ts'
import { withLock } from '../progress/lock.ts'
import { placeOf, workshopFolder } from '../progress/place.ts'
import { root as ours } from '../root.ts'
import { readJournal } from './journal.ts'
import { type After, settle } from './settle.ts'
import type { Updated, UpdateOptions } from './updated.ts'
import { updateWithGit } from './with-git.ts'
import { takeOver, updateFromFolder } from './without-git.ts'

export type Resumed = {
  /** Whether the interrupted update is done now; else all is as it was before it. */
  readonly isDone: boolean
  readonly elsewhere: readonly string[]
}

/** Mends an update that was interrupted. Undefined where none was. */
export async function resumeUpdate(root: string, after?: After): Promise<Resumed | undefined> {
  if ((await readJournal(root)) === undefined) return undefined
  return alone(root, () => mended(root, after))
}

/** Throws a `SetupProblem` where there is nothing to update from, or where it cannot be done. */
export async function update(given: Partial<UpdateOptions> = {}): Promise<Updated> {
  const options = { root: ours, now: () => new Date(), keep: keepAttempt, ...given }
  const { root, from } = options
  return alone(root, async () => {
    await mended(root)
    const git = await openGit(root)
    if (git === undefined && existsSync(join(root, '.git'))) throw await unreadable(root)
    if (git === undefined && from === undefined) {
      throw new SetupProblem(
        'expected a clone made with git, or a folder to update from, got neither. Download the ' +
          'newer version, unpack it beside this folder, and say where: update --from FOLDER',
      )
    }
    return git ? updateWithGit(git, options) : updateFromFolder(resolve(from ?? ''), options)
  })
}

/** A clone without a git that reads it: to copy files into it would look like edits later. */
async function unreadable(root: string): Promise<SetupProblem> {
  const said = await gitIn(root)
    .run(['rev-parse', '--show-prefix'])
    .then(
      (result) => result.said,
      () => 'no git on this machine',
    )
  return new SetupProblem(
    `expected git to read this clone, got: ${said || 'a folder inside another repository'}. ` +
      'Nothing has changed. Mend that first, and update again',
  )
}

/** One update at a time, in all processes. */
const alone = <T>(root: string, work: () => Promise<T>): Promise<T> =>
  withLock({ folder: workshopFolder({ root }), name: 'update' }, work)

async function mended(root: string, after?: After): Promise<Resumed | undefined> {
  const journal = await readJournal(root)
  if (journal === undefined) return undefined
  const place = placeOf({ root })
  if (journal.kind === 'folder') {
    const { elsewhere } = await withFiles(place, () => takeOver(root, journal, after))
    return { isDone: true, elsewhere }
  }
  const git = await openGit(root)
  if (git === undefined) {
    throw new SetupProblem(
      'expected git, which an interrupted update needs to put your files back, got none. They lie ' +
        'in .workshop/update/files; install git, and try again',
    )
  }
  const { isMerged, elsewhere } = await withFiles(place, () => settle(git, journal, after))
  return { isDone: isMerged, elsewhere }
}
