// Files as bytes: read, compared apart from how their lines end, and written so that a crash leaves
// the old bytes or the new ones, never half of them.

import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** File contents by their path from some root, with `/` on every system. */
export type Contents = ReadonlyMap<string, Buffer>

export const inside = (root: string, path: string): string => join(root, ...path.split('/'))

/** All files below `folder` of `root`, by their path from `root`. Empty where there is no folder.
 *  Dependencies, git's own files and ours are left out; so are links. */
export async function contentsBelow(root: string, folder: string): Promise<Contents> {
  const files = new Map<string, Buffer>()
  for (const path of await pathsBelow(root, folder)) {
    const bytes = await bytesAt(inside(root, path))
    if (bytes) files.set(path, bytes)
  }
  return files
}

const passedOver = ['node_modules', '.git', '.workshop']

/** The paths of those files, sorted. */
export async function pathsBelow(root: string, folder: string): Promise<readonly string[]> {
  const found: string[] = []
  const entries = await readdir(inside(root, folder), { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (passedOver.includes(entry.name)) continue
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (entry.isDirectory()) found.push(...(await pathsBelow(root, path)))
    else if (entry.isFile()) found.push(path)
  }
  return found.sort()
}

/** What the file holds, or undefined where there is no file. */
export async function bytesAt(path: string): Promise<Buffer | undefined> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path) : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** ENOTDIR: a file stands where a folder was. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code))

/** Whether both hold the same text, or bytes, apart from CRLF; also that both are missing. */
export function isAlike(a: Buffer | undefined, b: Buffer | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.equals(b) || withoutReturns(a).equals(withoutReturns(b))
}

function withoutReturns(bytes: Buffer): Buffer {
  if (bytes.includes(0)) return bytes
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Where files are written before they take their place; the system never shows half of one. */
const besideFolder = (root: string): string => join(root, '.workshop', 'writing')

/** Writes `path` below `root`: elsewhere first, then it takes the place of what was there. */
export async function writeSafely(
  root: string,
  path: string,
  bytes: Buffer | string,
): Promise<void> {
  const target = inside(root, path)
  const beside = join(besideFolder(root), randomUUID())
  await mkdir(besideFolder(root), { recursive: true })
  await mkdir(dirname(target), { recursive: true })
  const mode = (await lstat(target).catch(() => undefined))?.mode
  try {
    const file = await open(beside, 'w', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, target)
  } finally {
    await rm(besideFolder(root), { recursive: true, force: true })
  }
}

/** Removes a file whose bytes are kept elsewhere, and the folders below the root that it leaves
 *  empty. */
export async function removeFile(root: string, path: string): Promise<void> {
  await rm(inside(root, path), { force: true })
  const parts = path.split('/').slice(0, -1)
  for (; parts.length > 1; parts.pop()) {
    const isEmptied = await rmdir(join(root, ...parts)).then(
      () => true,
      () => false,
    )
    if (!isEmptied) return
  }
}
