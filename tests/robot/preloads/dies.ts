// Loaded before the workshop (`node --import`): kills it with SIGKILL at a moment when it changes
// the disk. Moments are counted from 1: in the middle of a file that is made durable, with half of
// its bytes written; with two exercises of a folder copied; and right before what was made under a
// name of its own gets its place. Locks are none: lock.test.ts has them. `ROBOT_DIES_AT` says which.

import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { isTemporary } from '../../../workshop/progress/disk.ts'

async function dieAt(wanted: number): Promise<void> {
  let moments = 0
  const moment = (): void => {
    moments += 1
    if (moments === wanted) process.kill(process.pid, 'SIGKILL')
  }
  const { rename } = promises
  promises.rename = async (from, to) => {
    const isPlaced = isTemporary(basename(String(from))) && !String(to).includes('locks')
    if (isPlaced) moment()
    await rename(from, to)
  }
  const { cp } = promises
  promises.cp = async (from, to, options) => {
    const isEarly = (path: string): boolean => !/[/\\](0[3-9]|1\d)-/.test(path)
    await cp(from, to, { ...options, filter: isEarly })
    moment()
    await cp(from, to, options)
  }
  await using handle = await promises.open(process.execPath, 'r')
  type Write = (this: unknown, bytes: Uint8Array) => Promise<unknown>
  const file = Object.getPrototypeOf(handle) as { write: Write; writeFile: Write }
  const { write } = file
  file.writeFile = async function (bytes) {
    const half = Math.floor(bytes.length / 2)
    await write.call(this, bytes.subarray(0, half))
    moment()
    await write.call(this, bytes.subarray(half))
  }
  syncBuiltinESMExports()
}

if (isMainThread) await dieAt(Number(process.env['ROBOT_DIES_AT']))
