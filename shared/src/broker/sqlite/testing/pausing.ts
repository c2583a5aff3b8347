// Pauses a process as a closed laptop or a frozen container does, but never inside a commit: there
// it would hold the write lock, and everybody would wait for it.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { realTime } from '../../../world/index.ts'
import type { TestProcess } from './processes.ts'

const { until } = realTime()

export async function pause(process: TestProcess, directory: string): Promise<void> {
  await until(async () => {
    process.signal('SIGSTOP')
    await until(() => isPaused(process.pid), 'the process to be paused')
    if (isWritable(directory)) return true
    process.signal('SIGCONT')
    return false
  }, 'the process to be paused outside a commit')
}

function isPaused(pid: number): boolean {
  if (process.platform === 'linux') {
    // The state stands behind the name, which is in brackets and may hold anything.
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')
    return state.startsWith('T')
  }
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).startsWith(
    'T',
  )
}

function isWritable(directory: string): boolean {
  const database = new Sqlite(join(directory, 'broker.sqlite'), { timeout: 0 })
  try {
    database.exec('begin immediate; rollback')
    return true
  } catch {
    return false
  } finally {
    database.close()
  }
}
