// Starts processes of `program.ts` and remembers what they report. Ends each that it started.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SetId } from './sets.ts'

/** What a process does: adds one to a number so many times, or saves write set after write set. */
export type Task =
  | { readonly kind: 'increment'; readonly key: string; readonly times: number }
  | { readonly kind: 'save-sets'; readonly series: string }

export type Report = { readonly kind: 'saved'; readonly set: SetId } | { readonly kind: 'finished' }

export interface TestProcess extends AsyncDisposable {
  readonly reports: readonly Report[]
  /** Ends it as `kill -9` does, and resolves once it is gone. */
  kill(): Promise<void>
}

const program = new URL('program.ts', import.meta.url)

export function startProcess(directory: string, task: Task): TestProcess {
  // The second process of a test, and each after it, starts in a quarter of the time.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled') }
  const child = fork(program, [directory, JSON.stringify(task)], { execArgv: [], env })
  // What it had reported may arrive after its exit, but not after its channel is gone.
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  const reports: Report[] = []
  child.on('message', (report: Report) => reports.push(report))
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await gone
  }
  return { reports, kill, [Symbol.asyncDispose]: kill }
}
