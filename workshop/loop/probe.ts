// Finds out whether file events reach a folder: on a drive that is mounted from another system they
// may not. It makes a folder of its own there, writes to a file in it, and waits to be told. What
// watches the exercises hears nothing of it, as long as it is asked about `.workshop`.

import { watch } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type ProbeOptions = {
  /** How long to wait for an event, in milliseconds. */
  readonly limitMs: number
  /** What watches a folder, where it is not Node itself. */
  readonly watchFolder?: (folder: string, onEvent: () => void) => Watcher
}

type Watcher = {
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
  readonly close: () => void
}

/** A watcher may miss what happens while it starts, so the file is written again this often. */
const againMs = 50

/** Whether a change below `folder`, which is made if it is missing, is told within `limitMs`.
 *  False too where nothing can be watched or written. Never rejects; leaves nothing behind. */
export async function fileEventsArrive(
  folder: string,
  { limitMs, watchFolder = watch }: ProbeOptions,
): Promise<boolean> {
  let probe: string | undefined
  try {
    await mkdir(folder, { recursive: true })
    probe = await mkdtemp(join(folder, 'probe-'))
    return await isTold(probe, { limitMs, watchFolder })
  } catch {
    return false
  } finally {
    if (probe !== undefined) {
      await rm(probe, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
    }
  }
}

async function isTold(
  folder: string,
  { limitMs, watchFolder }: Required<ProbeOptions>,
): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>()
  const watcher = watchFolder(folder, () => answer.resolve(true))
  watcher.on('error', () => answer.resolve(false))
  let writing = Promise.resolve()
  const write = (): void => {
    writing = writing.then(() => writeFile(join(folder, 'probe'), String(performance.now())))
    writing.catch(answer.reject)
  }
  const again = setInterval(write, againMs)
  const limit = setTimeout(() => answer.resolve(false), limitMs)
  write()
  try {
    return await answer.promise
  } finally {
    clearInterval(again)
    clearTimeout(limit)
    watcher.close()
    await writing.catch(() => undefined)
  }
}
