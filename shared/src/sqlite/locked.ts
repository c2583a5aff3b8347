// Waiting for a file that another process has locked, between turns of the event loop. SQLite's own
// busy timeout would wait within one, and stop every handler, timer and lease of the process.
//
// Reads need it too: readers do not wait for writers in a write-ahead log, but they are refused
// while another process puts the log's index in order after a crash.

import Sqlite from 'better-sqlite3'
import { Unavailable } from '../world/index.ts'

/** How long a locked file is waited for, in milliseconds, unless the caller says otherwise. */
export const defaultLockedForMs = 5000
const maxPauseMs = 20

export type LockedOptions = {
  /** When to stop waiting, on the clock of `performance.now()`. Default: 5 seconds from now. */
  readonly giveUpAtMs?: number
}

/** Runs `work` (synchronous) at once, and again while the file is locked. Rejects with what `work`
 *  threw; with `Unavailable` where the file stays locked or the disk refuses. */
export async function whenUnlocked<T>(
  work: () => T,
  { giveUpAtMs = performance.now() + defaultLockedForMs }: LockedOptions = {},
): Promise<T> {
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
    try {
      return work()
    } catch (error) {
      if (!isLocked(error) || performance.now() >= giveUpAtMs) throw asOutcome(error)
    }
    await pause(pauseMs)
  }
}

/** True for an error that says no more than that another process is at work in the file. */
export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

/** True where the disk, or the file's own bound, has no room for a write. */
export const isFull = (error: unknown): boolean => codeOf(error) === 'SQLITE_FULL'

const environment =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|CANTOPEN|READONLY|PROTOCOL|CORRUPT|NOTADB|PERM)/

/** `error` as a caller may see it: the state of the machine is `Unavailable`; a mistake in a
 *  statement or a broken constraint stays what it is. */
export function asOutcome(error: unknown): unknown {
  if (!(error instanceof Error) || !environment.test(codeOf(error))) return error
  return new Unavailable(
    `expected the database to answer, got ${codeOf(error)}: ${error.message}. ${advice(error)}`,
    { cause: error },
  )
}

function advice(error: unknown): string {
  if (isFull(error)) return 'Make room on the disk, then try again'
  if (isLocked(error)) return 'Another process holds the file; try again when it is done'
  return 'Look at the file and its disk, then try again'
}

const codeOf = (error: unknown): string => (error instanceof Sqlite.SqliteError ? error.code : '')

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
