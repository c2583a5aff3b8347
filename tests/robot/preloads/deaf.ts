// Loaded before the workshop (`node --import`): file events never come, as on a drive that is
// mounted from another system. Where `ROBOT_WATCHES=none`, nothing can be watched at all, as where
// the system has no watch left to give.

import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const deaf = (): fs.FSWatcher => {
  if (process.env['ROBOT_WATCHES'] === 'none') {
    throw Object.assign(new Error('no watches left'), { code: 'ENOSPC' })
  }
  const watcher = new EventEmitter()
  return Object.assign(watcher, {
    close: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  }) as unknown as fs.FSWatcher
}

Object.assign(fs, { watch: deaf })
syncBuiltinESMExports()
