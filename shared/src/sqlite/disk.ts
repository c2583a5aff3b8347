// Waiting for the disk beside the event loop. A commit with `synchronous = FULL` waits within it,
// and stops every handler, timer and lease of the process for as long as the disk takes; this one
// waits in another thread, and all who come meanwhile share the next wait.

import { type FileHandle, open } from 'node:fs/promises'

/** Where a file's bytes stay when the power is cut. */
export type Disk = {
  /** Resolves once everything that was written to the file before this call is on the disk. Rejects
   *  where it may be lost: then nobody knows, and nobody will, what of the file is there. */
  flushed(): Promise<void>
  /** Ends after the waits that are under way. `flushed` is not called any more. */
  close(): Promise<void>
}

/** The disk under `file`, which exists when it is first waited for. */
export function diskUnder(file: string): Disk {
  let handle: Promise<FileHandle> | undefined
  let current = Promise.resolve()
  let next: Promise<void> | undefined
  const flush = async (): Promise<void> => {
    handle ??= open(file, 'r+')
    const [opened] = await Promise.all([handle, current.catch(() => undefined)])
    // From here on it may miss what is written.
    next = undefined
    current = opened.datasync()
    return current
  }
  return {
    flushed: () => (next ??= flush()),
    close: async () => {
      // Whoever waits for it hears of its failure.
      await Promise.allSettled([current, next])
      const opened = await handle?.catch(() => undefined)
      handle = undefined
      await opened?.close()
    },
  }
}
