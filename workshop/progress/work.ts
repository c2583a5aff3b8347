// What an attendee has made of an exercise: its folder against its pristine start, byte for byte.
// Line ends alone are no change. Links are not followed.

import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isTemporary, largestBytes, readPlain } from './disk.ts'
import { type Place, placeOf, type Start } from './place.ts'

/** Paths in the exercise's folder, with `/` on every system, sorted. */
export type Work = {
  readonly changed: readonly string[]
  readonly missing: readonly string[]
  readonly added: readonly string[]
  /** What is neither read nor ever written by us: links, folders in the place of a file, files over
   *  16 MiB, `node_modules`, and added files beyond 500 or 32 MiB together. */
  readonly aside: readonly string[]
}

const most = { files: 500, bytes: 32 * 1024 * 1024, folders: 200 }
const neverEntered = new Set(['node_modules', '.git'])
const neverSeen = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

export async function workOn(exercise: Start, given?: Partial<Place>): Promise<Work> {
  const place = placeOf(given)
  const paths: Record<keyof Work, string[]> = { changed: [], missing: [], added: [], aside: [] }
  for (const [path, text] of exercise.start) {
    const found = await readInExercise(exercise, path, place)
    if (found === undefined) paths.missing.push(path)
    else if (found === 'aside') paths.aside.push(path)
    else if (!isAlike(found, Buffer.from(text))) paths.changed.push(path)
  }
  const base = join(place.root, 'exercises', exercise.folder)
  const { added, aside } = await others(base, new Set(exercise.start.keys()))
  paths.added.push(...added)
  paths.aside.push(...aside.filter((path) => !paths.aside.includes(path)))
  for (const list of Object.values(paths)) list.sort()
  return paths
}

/** The bytes of a file of an exercise; undefined where there is none; `aside` for what is no plain
 *  file of at most 16 MiB, or lies behind a link or a file that stands for a folder. */
export async function readInExercise(
  { folder }: Pick<Start, 'folder'>,
  path: string,
  { root }: Pick<Place, 'root'>,
): Promise<Buffer | 'aside' | undefined> {
  const parts = ['exercises', folder, ...path.split('/')]
  for (let depth = 1; depth < parts.length; depth += 1) {
    const found = await lstat(join(root, ...parts.slice(0, depth))).catch(() => undefined)
    if (found === undefined) return undefined
    if (!found.isDirectory()) return 'aside'
  }
  return readPlain(join(root, ...parts))
}

/** Whether two files differ in nothing but their line ends. */
export function isAlike(one: Buffer, other: Buffer): boolean {
  // In latin1 each byte is a character, so that nothing is lost that is no UTF-8.
  const plain = (bytes: Buffer): string => bytes.toString('latin1').replaceAll('\r\n', '\n')
  return one.equals(other) || plain(one) === plain(other)
}

type Others = { readonly added: string[]; readonly aside: string[] }

/** Everything below `base` that the start does not know. */
async function others(base: string, known: ReadonlySet<string>): Promise<Others> {
  const found: Others = { added: [], aside: [] }
  const folders = ['']
  let bytes = 0
  for (let next = 0; next < folders.length && found.aside.length < most.files; next += 1) {
    const folder = folders[next] ?? ''
    for (const entry of await entriesOf(join(base, folder))) {
      const path = `${folder}${entry.name}`
      if (known.has(path) || neverSeen.has(entry.name) || isTemporary(entry.name)) continue
      if (entry.isDirectory() && !neverEntered.has(entry.name) && folders.length < most.folders) {
        folders.push(`${path}/`)
        continue
      }
      const size = entry.isFile() ? await sizeOf(join(base, path)) : undefined
      bytes += size ?? 0
      const isIn = size !== undefined && bytes <= most.bytes && found.added.length < most.files
      found[isIn ? 'added' : 'aside'].push(path)
    }
  }
  return found
}

const entriesOf = (folder: string): Promise<readonly Dirent[]> =>
  readdir(folder, { withFileTypes: true }).then(
    (entries) => entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    () => [],
  )

/** Undefined for a name that cannot be spelled here, as well. */
const sizeOf = (path: string): Promise<number | undefined> =>
  lstat(path).then(
    (found) => (found.size <= largestBytes ? found.size : undefined),
    () => undefined,
  )

/** The same for equal starts on every system: `sha256:` and 16 hexadecimal digits. */
export function startHash({ start }: Pick<Start, 'start'>): string {
  const hash = createHash('sha256')
  for (const [path, text] of [...start].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const plain = text.replaceAll('\r\n', '\n')
    hash.update(`${path}\0${plain.length}\0${plain}`)
  }
  return `sha256:${hash.digest('hex').slice(0, 16)}`
}
