// Work that began from a start which has changed since, whoever brought the newer version: `update`,
// or a `git pull` by hand. And the start that it began from, as far as git still knows it.

import { openGit } from '../git/git.ts'
import { contentsOf, treeOf } from '../git/tree.ts'
import type { Place, Start } from '../progress/place.ts'
import { type Progress, progressOf, slugOf, withExercise } from '../progress/state.ts'
import { startHash, workOn } from '../progress/work.ts'

/** The exercises that the attendee has changed, and whose start is newer than that work. */
export async function changedUpstream<Known extends Start>(
  exercises: readonly Known[],
  progress: Progress,
  place?: Partial<Place>,
): Promise<readonly Known[]> {
  const found: Known[] = []
  for (const exercise of exercises) {
    const { start } = progressOf(progress, slugOf(exercise.folder))
    if (start === undefined || start === startHash(exercise)) continue
    const { changed, added } = await workOn(exercise, place)
    if (changed.length + added.length > 0) found.push(exercise)
  }
  return found
}

/** The attendee keeps the work as it is: from now on it counts as begun from the start as it is. */
export const acceptStart = (progress: Progress, exercise: Start): Progress =>
  withExercise(progress, slugOf(exercise.folder), (known) => ({
    ...known,
    start: startHash(exercise),
  }))

/** How many versions of an exercise are looked at. */
const mostVersions = 50

/** The start with that hash, out of the history of this clone; undefined where it is not there. */
export async function startOfHash(
  root: string,
  { folder }: Pick<Start, 'folder'>,
  hash: string,
): Promise<Start['start'] | undefined> {
  const git = await openGit(root)
  const names = [folder, `[0-9][0-9]-${slugOf(folder)}`].map((name) => `exercises/${name}`)
  const range = ['--all', `--max-count=${mostVersions}`, '--format=%H']
  const log = await git?.ask('log', ...range, '--', ...names.map((name) => `:(glob)${name}/**`))
  for (const commit of (log ?? '').split('\n').filter(Boolean)) {
    const start = git && (await startAt(git, commit, slugOf(folder)))
    if (start && startHash({ start }) === hash) return start
  }
  return undefined
}

async function startAt(
  git: NonNullable<Awaited<ReturnType<typeof openGit>>>,
  commit: string,
  slug: string,
): Promise<Start['start']> {
  const pattern = new RegExp(`^exercises/\\d\\d-${slug}/`)
  const tree = [...(await treeOf(git, commit, 'exercises'))].filter(([path]) => pattern.test(path))
  const contents = await contentsOf(git, new Map(tree))
  return new Map(
    [...contents].map(([path, bytes]) => [path.replace(pattern, ''), bytes.toString('utf8')]),
  )
}
