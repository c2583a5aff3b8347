// A process of one of two systems, as whoever shows them sees it: it can be killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../root.ts'
import { typescriptFlags } from '../typescript-flags.ts'
import { ChildEnded } from './endpoint-child.ts'
import type { SystemReport, SystemTask } from './system-protocol.ts'

const endWithinMs = 5000

export class SystemChild implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly origin: string

  private constructor(child: ChildProcess, origin: string) {
    this.#child = child
    this.origin = origin
  }

  /** Starts it; resolves once it takes messages, or requests. */
  static async start(
    task: SystemTask,
    onReport: (report: SystemReport, child: SystemChild) => void,
  ): Promise<SystemChild> {
    const script = join(root, 'workshop', 'demo', 'system-process.ts')
    const child = spawn(process.execPath, [...typescriptFlags, script, JSON.stringify(task)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ready = Promise.withResolvers<SystemChild>()
    let made: SystemChild | undefined
    child.on('message', (report: SystemReport) => {
      if (report.kind === 'ready') {
        made = new SystemChild(child, report.origin)
        ready.resolve(made)
      } else if (made) onReport(report, made)
    })
    child.once('error', ready.reject)
    child.once('exit', () => ready.reject(new ChildEnded(`the process of ${task.name} has ended`)))
    return ready.promise
  }

  /** Lets it say what it has held back. */
  allow(): void {
    if (this.#child.connected) this.#child.send('go', () => undefined)
  }

  /** SIGKILL. Resolves once it has ended. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  /** Lets it finish what it has begun. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    const timer = setTimeout(() => child.kill('SIGKILL'), endWithinMs)
    if (child.connected) child.disconnect()
    await ended
    clearTimeout(timer)
  }
}
