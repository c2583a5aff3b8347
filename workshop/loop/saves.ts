// Tells of saves in a folder: one call for a burst of them, whatever an editor does to a file to
// save it (write, replace, rename). File events are quick and may be missing: on a mounted drive,
// or once the folder was replaced. So the folder is also looked at from time to time, and often
// where no event is to be expected.

import { watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export type SavesOptions = {
  /** Whether file events reach the folder; without, polling is all there is. */
  readonly hasEvents: boolean
  /** What watches a folder, where it is not Node itself. */
  readonly watchFolder?: WatchFolder
  /** What a folder looks like now: another text after each change. */
  readonly look?: (folder: string) => Promise<string>
}

type WatchFolder = (
  folder: string,
  onEvent: (event: string, file: string | null) => void,
) => {
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
  readonly close: () => void
}

/** Editors save in several steps; this much silence ends them. */
const settleMs = 30
/** How often the folder is looked at: where events arrive, and where they do not. */
const safetyMs = 2_000
export const pollingMs = 500

/** Calls `onSave` after each burst of changes to the code in `folder`. Returns what ends it. */
export function onSaves(folder: string, onSave: () => void, options: SavesOptions): () => void {
  const { hasEvents, watchFolder = watch, look = looksOf } = options
  let settling: NodeJS.Timeout | undefined
  let seen: string | undefined
  let isClosed = false
  const saved = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      // What the event told of is not to be found out once more.
      void look(folder).then((now) => (seen = now), forget)
      onSave()
    }, settleMs)
  }
  const forget = (): void => undefined
  const compare = async (): Promise<void> => {
    const now = await look(folder)
    if (isClosed) return
    if (seen !== undefined && seen !== now) saved()
    seen = now
  }
  void compare().catch(forget)
  const watcher = hasEvents ? watched(watchFolder, folder, saved) : undefined
  const polling = setInterval(() => void compare().catch(forget), watcher ? safetyMs : pollingMs)
  return () => {
    isClosed = true
    clearTimeout(settling)
    clearInterval(polling)
    watcher?.close()
  }
}

/** Without a folder, or where the system is out of watchers, there is none: it is still looked
 *  at. */
function watched(watchFolder: WatchFolder, folder: string, onEvent: () => void) {
  try {
    const watcher = watchFolder(folder, (_event, file) => {
      if (file === null || isCode(file)) onEvent()
    })
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

/** Editors and this program keep files beside those they replace, whose names begin with a dot. */
const isCode = (file: string): boolean => file.endsWith('.ts') && !file.startsWith('.')

/** Names, sizes and times of the code in a folder. Rejects while there is no such folder. */
export async function looksOf(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter(isCode).sort()
  const rows = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs, ino } = await stat(join(folder, file))
      return `${file} ${size} ${mtimeMs} ${ino}`
    }),
  )
  return rows.join('\n')
}
