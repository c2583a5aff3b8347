// Who holds what in a clone: one `start` at a time, and short locks around what two processes must
// not do at once. A lock whose process is gone counts for nothing.
//
// A lock is a folder under `.workshop/locks` that says whose it is. It is made elsewhere and renamed
// into place, so it is never there without its owner, and a folder that is not empty is never
// renamed over: of all who race, one wins. A stale lock is renamed to a name of its own that stays
// taken, so nobody who judged it late can mistake the next lock for it.

import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { SetupProblem } from '../command.ts'
import { isCode, renamedTo, retrying, sweep, temporaryName } from './disk.ts'
import { isAlive, type ProcessId, self } from './process.ts'

/** Somebody else holds it: which process, since when (ISO 8601), and what to do about it. */
export type Held = { readonly heldBy: number; readonly since: string; readonly advice: string }

export const isHeld = (lock: AsyncDisposable | Held): lock is Held => 'heldBy' in lock

/** The lock of a resident runner, or who has it. `folder` is the `.workshop` of a clone. */
export const takeRunnerLock = (folder: string): Promise<AsyncDisposable | Held> =>
  takeLock(folder, 'start')

export type WaitOptions = { readonly waitMs?: number }

/** Runs `work` while nobody else runs anything under this name, in any process. Not reentrant.
 *  Throws a `SetupProblem` after 10 seconds of waiting, or where no lock can be made. */
export async function withLock<T>(
  { folder, name }: { readonly folder: string; readonly name: string },
  work: () => Promise<T>,
  { waitMs = 10_000 }: WaitOptions = {},
): Promise<T> {
  const endsAt = performance.now() + waitMs
  for (;;) {
    const lock = await takeLock(folder, name)
    if (!isHeld(lock)) {
      await using _held = lock
      return await work()
    }
    if (performance.now() >= endsAt) throw new SetupProblem(lock.advice)
    // Not all at the same moment again.
    await sleep(2 + Math.random() * 8)
  }
}

type Owner = ProcessId & { readonly since: string; readonly token: string }

/** One that does not say whose it is. No process of ours makes such. */
type Damaged = Pick<Owner, 'token'>

const ownerSchema = z.object({
  pid: z.number().int().positive(),
  born: z.string().optional(),
  since: z.string(),
  token: z.string().regex(/^[0-9a-f]{16}$/),
})

async function takeLock(folder: string, name: string): Promise<AsyncDisposable | Held> {
  const path = join(folder, 'locks', name)
  const before = await ownerOf(path)
  if (before && isThere(before)) return heldBy(before, path)
  const token = randomBytes(8).toString('hex')
  const mine = await makeLock(path, { ...self(), since: new Date().toISOString(), token })
  try {
    // Each turn, somebody has taken, released or cleared it.
    for (let turns = 0; turns < 500; turns += 1) {
      if (turns > 5) await sleep(2)
      if (await renamedTo(mine, path)) return { [Symbol.asyncDispose]: () => release(path, token) }
      const owner = await ownerOf(path)
      if (owner === undefined) continue
      if (isThere(owner)) return heldBy(owner, path)
      await renamedTo(path, `${path}.gone-${owner.token}`)
    }
    throw new SetupProblem(`expected the lock ${path} to come to rest, got 500 changes. Try again`)
  } finally {
    await rm(mine, { recursive: true, force: true })
  }
}

const isThere = (owner: Owner | Damaged): owner is Owner => 'pid' in owner && isAlive(owner)

async function makeLock(path: string, owner: Owner): Promise<string> {
  const mine = join(dirname(path), temporaryName())
  try {
    await mkdir(mine, { recursive: true })
    await sweep(dirname(path))
    await writeFile(join(mine, 'owner.json'), `${JSON.stringify(owner)}\n`)
    return mine
  } catch (error) {
    throw new SetupProblem(
      `expected to be able to write into ${dirname(path)}, got: ${String(error)}. ` +
        'Make the folder of the workshop writable, then try again',
      { cause: error },
    )
  }
}

/** Whose lock it is; undefined where there is none. */
async function ownerOf(path: string): Promise<Owner | Damaged | undefined> {
  const before = await identityOf(path)
  if (before === undefined) return undefined
  const parsed = ownerSchema.safeParse(parsedJson(await textOf(join(path, 'owner.json'))))
  if (parsed.success) return parsed.data
  // A lock that was released between two looks says nothing either, but is another one by now.
  return (await identityOf(path)) === before ? { token: before } : undefined
}

async function identityOf(path: string): Promise<string | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined)
  return found && [found.ino, found.mtimeNs, found.ctimeNs].join('-')
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return ''
    throw error
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function heldBy({ pid, since }: Owner, path: string): Held {
  return {
    heldBy: pid,
    since,
    advice:
      `expected to be alone here, got process ${pid}, at work since ${since}. ` +
      `Use that one, or end it. If there is none, delete the folder ${path}`,
  }
}

async function release(path: string, token: string): Promise<void> {
  const owner = await ownerOf(path)
  if (owner?.token !== token) return
  const away = join(dirname(path), temporaryName())
  await retrying(() => rename(path, away))
  await rm(away, { recursive: true, force: true, maxRetries: 5 })
}
