// Starts the process of an endpoint, and ends it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../root.ts'
import { typescriptFlags } from '../typescript-flags.ts'
import type { EndpointTask, Report } from './protocol.ts'

/** A process that does not end by itself within this time is killed. */
const endWithinMs = 5000

/** The process ended before it was ready, and has said why. */
export class ChildEnded extends Error {
  override readonly name = 'ChildEnded'
}

export class EndpointChild implements AsyncDisposable {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Starts the process; resolves once it consumes its queue. */
  static async start(
    task: EndpointTask,
    onReport: (report: Report) => void,
  ): Promise<EndpointChild> {
    const script = join(root, 'workshop', 'demo', 'endpoint-process.ts')
    const child = spawn(process.execPath, [...typescriptFlags, script, JSON.stringify(task)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (report: Report) => {
        if (report.kind === 'ready') resolve()
        else onReport(report)
      })
      child.once('error', reject)
      child.once('exit', () => reject(new ChildEnded(`the process of ${task.name} has ended`)))
    })
    await ready
    return new EndpointChild(child)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

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
