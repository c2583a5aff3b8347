// Starts processes of `program.ts` and remembers what they report. Ends each that it started.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { ConsumerStats } from '../../broker.ts'

export type Order =
  | { readonly kind: 'consume'; readonly prefetch: number }
  | { readonly kind: 'publish'; readonly name: string }
  | { readonly kind: 'visit' }
  | { readonly kind: 'finish' }

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'consuming' }
  | { readonly kind: 'delivered'; readonly id: string; readonly attempt: number }
  | { readonly kind: 'aborted'; readonly id: string }
  | { readonly kind: 'confirmed'; readonly id: string }
  | { readonly kind: 'finished'; readonly stats: ConsumerStats }

export interface TestProcess extends AsyncDisposable {
  readonly pid: number
  readonly reports: readonly Report[]
  /** The reports of one kind. */
  of<Kind extends Report['kind']>(kind: Kind): readonly Extract<Report, { kind: Kind }>[]
  tell(order: Order): void
  signal(signal: NodeJS.Signals): void
  /** Ends it as `kill -9` does, and resolves once it is gone. */
  kill(): Promise<void>
  /** Once it ended by itself. */
  readonly exitCode: number | null
}

const program = new URL('program.ts', import.meta.url)

export function startProcess(directory: string, leaseMs: number): TestProcess {
  const child = fork(program, [directory, String(leaseMs)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const reports: Report[] = []
  child.on('message', (report: Report) => reports.push(report))
  const kill = async (): Promise<void> => {
    if (isRunning(child)) child.kill('SIGKILL')
    await exited
  }
  return {
    pid: child.pid ?? 0,
    get exitCode() {
      return child.exitCode
    },
    reports,
    of: (kind) =>
      reports.filter((report): report is Extract<Report, { kind: typeof kind }> => {
        return report.kind === kind
      }),
    tell: (order) => {
      child.send(order)
    },
    signal: (signal) => {
      child.kill(signal)
    },
    kill,
    [Symbol.asyncDispose]: kill,
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
