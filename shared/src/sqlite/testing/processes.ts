// Starts processes of `program.ts` and waits for what they answer. Ends each that it started.

import { fork } from 'node:child_process'
import { once } from 'node:events'

export type Order =
  | { readonly kind: 'open'; readonly file: string }
  /** Takes the write lock of `file`, and keeps it. */
  | { readonly kind: 'lock'; readonly file: string }
  | { readonly kind: 'unlock' }

export interface TestProcess extends AsyncDisposable {
  /** Resolves with the answer: `ok`, or what went wrong. */
  ask(order: Order): Promise<string>
}

const program = new URL('program.ts', import.meta.url)

export async function startProcess(): Promise<TestProcess> {
  const child = fork(program, { execArgv: [] })
  const exited = once(child, 'exit')
  // A program that cannot start ends, and says so instead of `ready`.
  const ready = await Promise.race([once(child, 'message'), exited.then(() => ['it ended'])])
  if (ready[0] !== 'ready') throw new Error(`expected a process of ${program.href}, ${ready[0]}`)
  return {
    ask: async (order) => {
      const answered = once(child, 'message')
      child.send(order)
      return String((await answered)[0])
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await exited
    },
  }
}
