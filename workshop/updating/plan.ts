// What a newer version means for each exercise: an attendee's files are compared with the start that
// they began from and with the new one. Pure; how lines end is no difference.

import { type Contents, isAlike } from './files.ts'

/** The files below `exercises/` of the version so far, of the newer one, and as they are now. */
export type Versions = { readonly old: Contents; readonly fresh: Contents; readonly here: Contents }

export const changeKinds = ['replaced', 'kept', 'kept-changed', 'new', 'removed'] as const

/** `kept-changed`: an attendee's file stays as it is, although its start has changed. With `kept`,
 *  other files of the exercise may have changed, and followed the newer version. */
export type ChangeKind = (typeof changeKinds)[number]

export type ExerciseChange = {
  readonly kind: ChangeKind
  /** As it is called from now on; for one that is removed, as it was called. */
  readonly folder: string
  /** As it was called, where the newer version has given it another number. */
  readonly was?: string
  readonly title: string
  /** The attendee's files, by their path in the folder. */
  readonly touched: readonly string[]
  /** Whose start has changed, by their path in the folder. */
  readonly changed: readonly string[]
}

/** The new folder of each that has one. */
export type Moves = ReadonlyMap<string, string>

export type Plan = {
  readonly exercises: readonly ExerciseChange[]
  /** The attendee's files, by their path from the root; those that were deleted too. */
  readonly touched: ReadonlySet<string>
  readonly moves: Moves
  /** Where a file belongs from now on; undefined where its exercise is removed. */
  readonly placeOf: (path: string) => string | undefined
}

/** `moves` where they are known; else they are found by the words of the folders' names. */
export function planOf(versions: Versions, moves: Moves = movesOf(versions)): Plan {
  const [old, fresh] = [foldersOf(versions.old), foldersOf(versions.fresh)]
  const placeOf = (path: string): string | undefined => {
    const folder = folderOf(path)
    if (folder === undefined || fresh.has(folder) || !old.has(folder)) return path
    const moved = moves.get(folder)
    return moved && path.replace(`/${folder}/`, `/${moved}/`)
  }
  const touched = new Set(
    [...new Set([...versions.here.keys(), ...versions.old.keys()])].filter((path) => {
      const mine = versions.here.get(path)
      const freshPath = placeOf(path)
      const start = freshPath === undefined ? undefined : versions.fresh.get(freshPath)
      return !isAlike(mine, versions.old.get(path)) && !isAlike(mine, start)
    }),
  )
  const sources = new Map([...moves].map(([from, to]) => [to, from]))
  const names = new Set([...old, ...fresh].filter((folder) => !moves.has(folder)))
  const exercises = [...names].sort().flatMap((folder) => {
    const was = sources.get(folder)
    const seen = { folder, ...(was === undefined ? {} : { was }) }
    const change = changeOf(seen, versions, touched)
    return change ? [change] : []
  })
  return { exercises, touched, moves, placeOf }
}

type Seen = Pick<ExerciseChange, 'folder' | 'was'>

function changeOf(
  { folder, was }: Seen,
  versions: Versions,
  touchedPaths: ReadonlySet<string>,
): ExerciseChange | undefined {
  const before = below(versions.old, was ?? folder)
  const after = below(versions.fresh, folder)
  const touched = [...below(touchedPaths, was ?? folder)]
  const paths = new Set([...before.keys(), ...after.keys()])
  const changed = [...paths].filter((path) => !isAlike(before.get(path), after.get(path))).sort()
  const renamed = was === undefined ? {} : { was }
  const kind = kindOf({ before, after, touched, changed, ...renamed })
  if (kind === undefined) return undefined
  const title = titleOf(after.get('README.md') ?? before.get('README.md')) ?? folder
  return { kind, folder, ...renamed, title, touched, changed }
}

type Looked = Pick<ExerciseChange, 'touched' | 'changed' | 'was'> & {
  readonly before: Contents
  readonly after: Contents
}

function kindOf({ before, after, touched, changed, was }: Looked): ChangeKind | undefined {
  if (before.size === 0) return 'new'
  if (after.size === 0) return 'removed'
  // A file that only the attendee has, such as notes, leaves the exercise as it came.
  const edited = touched.filter((path) => before.has(path) || after.has(path))
  if (edited.some((path) => changed.includes(path))) return 'kept-changed'
  if (edited.length > 0) return 'kept'
  return changed.length > 0 || was !== undefined ? 'replaced' : undefined
}

/** The folder of an exercise that `path` lies in. */
export const folderOf = (path: string): string | undefined =>
  /^exercises\/(\d\d-[a-z0-9-]+)\//.exec(path)?.[1]

const foldersOf = (files: Contents): ReadonlySet<string> =>
  new Set([...files.keys()].flatMap((path) => folderOf(path) ?? []))

/** An exercise keeps the words of its name when its number changes. Where the attendee has files
 *  under its new name already, it is another one. */
export function movesOf({ old, fresh, here }: Versions): Moves {
  const [before, after, mine] = [foldersOf(old), foldersOf(fresh), foldersOf(here)]
  const moves = new Map<string, string>()
  for (const folder of before) {
    if (after.has(folder)) continue
    const isSame = (other: string): boolean => other.slice(2) === folder.slice(2)
    const found = [...after].filter((other) => isSame(other) && !before.has(other))
    const [to] = found
    if (to !== undefined && found.length === 1 && !mine.has(to)) moves.set(folder, to)
  }
  return moves
}

function below(paths: ReadonlySet<string>, folder: string): ReadonlySet<string>
function below(files: Contents, folder: string): Contents
function below(
  files: Contents | ReadonlySet<string>,
  folder: string,
): Contents | ReadonlySet<string> {
  const prefix = `exercises/${folder}/`
  const cut = (path: string): string => path.slice(prefix.length)
  if (files instanceof Map) {
    return new Map(
      [...files]
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, bytes]) => [cut(path), bytes]),
    )
  }
  return new Set([...files.keys()].filter((path) => path.startsWith(prefix)).map(cut))
}

/** The files of one exercise as text, by their path in its folder. */
export const startOf = (files: Contents, folder: string): ReadonlyMap<string, string> =>
  new Map([...below(files, folder)].map(([path, bytes]) => [path, bytes.toString('utf8')]))

const titleOf = (readme: Buffer | undefined): string | undefined =>
  /^title: +(.+?)\r?$/m.exec(readme?.toString('utf8') ?? '')?.[1]
