// Tells of saves in a folder: one call for a burst of them, whatever an editor does to a file to
// save it (write, replace, rename).

import { watch } from 'node:fs'

/** Editors save in several steps; this much silence ends them. */
const settleMs = 60

/** Calls `onSave` after each burst of changes below `folder`. Returns what ends it. */
export function onSaves(folder: string, onSave: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, { recursive: false }, (_event, file) => {
    if (file !== null && !file.endsWith('.ts')) return
    clearTimeout(timer)
    timer = setTimeout(onSave, settleMs)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
