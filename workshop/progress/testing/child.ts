// Another process at work in the same clone: `node child.ts ACTION FOLDER ARGUMENT`. It says what
// came of it in one line, and can be killed before any step that changes the disk, in the middle of
// what that step writes. For tests only.

import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { createInterface } from 'node:readline/promises'
import { type Held, isHeld, takeRunnerLock } from '../lock.ts'
import { ProgressFile } from '../progress-file.ts'
import { type Progress, withExercise } from '../state.ts'

const [action, folder = '', argument = ''] = process.argv.slice(2)

const countRun = (progress: Progress): Progress =>
  withExercise(progress, 'outbox', (one) => ({ ...one, runs: one.runs + 1 }))

/** Kills this process before the step of that number. */
async function dieAt(step: number): Promise<void> {
  let steps = 0
  const die = (): void => {
    steps += 1
    if (steps === step) process.kill(process.pid, 'SIGKILL')
  }
  const fs = promises as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
  for (const name of ['open', 'rename', 'rm', 'mkdir', 'writeFile', 'copyFile']) {
    const real = fs[name]
    fs[name] = (...args) => {
      die()
      return real?.(...args) ?? Promise.reject(new Error(`expected fs to have ${name}`))
    }
  }
  const whole = fs['writeFile']
  fs['writeFile'] = async (path, content) => {
    const text = String(content)
    await promises.appendFile(String(path), '').then(() => promises.truncate(String(path)))
    await promises.appendFile(String(path), text.slice(0, text.length / 2))
    die()
    await whole?.(path, content)
  }
  const handle = await promises.open(process.execPath, 'r')
  const file = Object.getPrototypeOf(handle) as Record<string, unknown>
  await handle.close()
  steps = 0
  const write = file['write'] as (this: unknown, bytes: Uint8Array) => Promise<unknown>
  file['writeFile'] = async function (this: unknown, bytes: Uint8Array): Promise<void> {
    const half = Math.floor(bytes.length / 2)
    await write.call(this, bytes.subarray(0, half))
    die()
    await write.call(this, bytes.subarray(half))
  }
  syncBuiltinESMExports()
}

const actions: Readonly<Record<string, () => Promise<void>>> = {
  /** Adds one run, or dies on the way. */
  die: async () => {
    await dieAt(Number(argument))
    await new ProgressFile(folder).update(countRun)
    console.log('finished')
  },
  /** Adds runs, one update each. */
  add: async () => {
    const file = new ProgressFile(folder)
    for (let added = 0; added < Number(argument); added += 1) await file.update(countRun)
  },
  /** For each pair of lines: takes the lock if it can, says so, and gives it back. */
  take: async () => {
    console.log('ready')
    let lock: AsyncDisposable | Held | undefined
    for await (const _line of createInterface({ input: process.stdin })) {
      if (!lock) {
        lock = await takeRunnerLock(folder)
        console.log(isHeld(lock) ? `held by ${lock.heldBy}` : 'won')
      } else {
        if (!isHeld(lock)) await lock[Symbol.asyncDispose]()
        lock = undefined
        console.log('ready')
      }
    }
  },
}

await actions[action ?? '']?.()
