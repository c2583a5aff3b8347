// Whole files on a real disk. A file is written beside its place, made durable and renamed: whoever
// reads it, and whoever kills us, finds the old one or the new one, never half of one.
//
// What is left over when a process dies in between has a name that tests, watchers and git
// attributes pass by, and that says whose it was.

import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './process.ts'

/** Larger files are neither read nor written. */
export const largestBytes = 16 * 1024 * 1024

const temporary = /^\.workshop-(\d+)-[0-9a-f]{12}\.tmp$/

/** Never longer than 40 characters, whatever it will be called in the end. */
export const temporaryName = (): string =>
  `.workshop-${process.pid}-${randomBytes(6).toString('hex')}.tmp`

/** Whether a file or folder of this name is one of ours on its way, or what a crash left of it. */
export const isTemporary = (name: string): boolean => temporary.test(name)

/** Somebody else changed a file after it had been read. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

/** The bytes of a plain file; undefined where there is nothing; `aside` for what is no plain file
 *  (a link, a folder), or is over 16 MiB. */
export async function readPlain(path: string): Promise<Buffer | 'aside' | undefined> {
  try {
    const found = await lstat(path)
    return found.isFile() && found.size <= largestBytes ? await readFile(path) : 'aside'
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** What a file must still hold when it is replaced; undefined: it must not be there. */
export type Expected = { readonly bytes: Buffer | undefined }

/** Rejects with `ChangedMeanwhile`, and leaves the file, where it does not hold what is expected. */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  expected?: Expected,
): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const beside = join(folder, temporaryName())
  try {
    await writeDurably(beside, bytes, await modeOf(path))
    if (expected) await expectIn(path, expected)
    await retrying(() => rename(beside, path))
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
}

/** Removes a file that still holds what is expected. */
export async function removeFile(path: string, expected: Expected): Promise<void> {
  await expectIn(path, expected)
  if (expected.bytes !== undefined) await retrying(() => unlink(path))
}

async function expectIn(path: string, { bytes }: Expected): Promise<void> {
  const found = await readPlain(path)
  const isSame =
    found === undefined || bytes === undefined
      ? found === bytes
      : found !== 'aside' && found.equals(bytes)
  if (!isSame) throw new ChangedMeanwhile(`expected ${path} as it was read, got another content`)
}

/** Writes a file that is not there yet, and waits until the disk has it. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  mode: number = 0o666,
): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

const modeOf = (path: string): Promise<number> =>
  lstat(path).then(
    (found) => (found.isFile() ? found.mode & 0o777 : 0o666),
    () => 0o666,
  )

/** A rename is durable once its folder is. Where folders cannot be opened, it is the system's. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    await using opened = await open(folder, 'r')
    await opened.sync()
  } catch {}
}

export type RetryOptions = {
  readonly isWindows?: boolean
  readonly wait?: (ms: number) => Promise<unknown>
}

/** On Windows a scanner or an editor that looks at a file keeps it from being renamed for some
 *  milliseconds: tries again, 10 times within two seconds. */
export async function retrying<T>(
  work: () => Promise<T>,
  { isWindows = process.platform === 'win32', wait = sleep }: RetryOptions = {},
): Promise<T> {
  const codes = isWindows ? ['EPERM', 'EACCES', 'EBUSY'] : ['EBUSY']
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === 10 || !isCode(error, ...codes)) throw error
      await wait(tries * 40)
    }
  }
}

/** Whether the folder `from` is now `to`: of all who try at once, one. False where something is in
 *  the way, or nothing is at `from`. */
export async function renamedTo(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR', 'ENOENT')) return false
    // Windows says so of whatever is in the way, and of what somebody looks at right now.
    if (process.platform === 'win32' && isCode(error, 'EPERM', 'EACCES', 'EBUSY')) return false
    throw error
  }
}

/** Removes what processes that are gone have left half-made in `folder`. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const pid = temporary.exec(name)?.[1]
    if (pid === undefined || isAlive({ pid: Number(pid) })) continue
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Whether an error of the system has one of these codes. */
export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** `2026-11-21_14-08-33`, in local time: a name that people can read and systems can sort. */
export function stamp(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day}_${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('-')}`
}
