// Where a bundle may be made: a folder that is new or empty, outside of the repository, with room.

import { lstat, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { SetupProblem } from '../command.ts'
import { freeBytes } from '../doctor/look.ts'

/** Stands in a bundle while it is being made. */
export const incompleteMark = 'INCOMPLETE'

/** Three systems take 1.1 GiB; the scratch folder takes as much for a while. */
export const neededBytes = 1.5 * 1024 ** 3

export type TargetOptions = {
  readonly root: string
  /** How many bytes are free where `folder` is; undefined where nobody knows. */
  readonly free?: (folder: string) => Promise<number | undefined>
}

/** The whole path of `folder`, with no link in it. Throws a `SetupProblem` where it is no good. */
export async function checkTarget(
  folder: string,
  { root, free = freeBytes }: TargetOptions,
): Promise<string> {
  const target = await realTarget(resolve(folder))
  const inside = await realpath(root)
  if (target === inside || target.startsWith(inside + sep)) {
    throw new SetupProblem(
      `expected a folder outside of the repository, got ${target}. Name one on the stick`,
    )
  }
  const held: readonly string[] = await readdir(target).catch(ifMissing([]))
  if (held.includes(incompleteMark)) {
    throw new SetupProblem(`${target} holds a bundle that was not finished. Delete it, then again`)
  }
  if (held.length > 0) {
    throw new SetupProblem(
      `expected an empty folder, got ${target} with ${held.length} entries. Name a new one`,
    )
  }
  for (const place of [root, await existing(target)]) {
    const bytes = await free(place)
    if (bytes !== undefined && bytes < neededBytes) {
      const mib = Math.floor(bytes / 1024 ** 2)
      throw new SetupProblem(
        `expected ${neededBytes / 1024 ** 2} MiB to be free for ${place}, got ${mib}. Free some`,
      )
    }
  }
  return target
}

/** A link is not followed: what it points to may be anywhere. */
async function realTarget(folder: string): Promise<string> {
  const found = await lstat(folder).catch(ifMissing(undefined))
  if (found && !found.isDirectory()) {
    throw new SetupProblem(`expected a folder, got a file or a link: ${folder}. Name a new folder`)
  }
  const above = await existing(folder)
  const below = folder.slice(above.length).split(sep).filter(Boolean)
  return join(await realpath(above), ...below)
}

async function existing(folder: string): Promise<string> {
  const found = await lstat(folder).catch(ifMissing(undefined))
  if (found || basename(folder) === '') return folder
  return existing(dirname(folder))
}

const ifMissing =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return instead
    throw new SetupProblem(`expected to read the folder, got ${error.message}`, { cause: error })
  }
