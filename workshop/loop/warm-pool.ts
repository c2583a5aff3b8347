// A pool for Vitest whose threads stay warm between runs (see thread.ts). Whoever makes one ends
// it: `end` terminates all threads at once, also one that hangs; the next run starts with new ones.

import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from 'vitest/node'

type Events = Parameters<PoolWorker['on']>

const isStop = (message: unknown): boolean =>
  (message as { readonly type?: unknown } | undefined)?.type === 'stop'
/** What a thread answers that. */
const stopped = { __vitest_worker_response__: true, type: 'stopped' }

const isGone = ({ threadId }: Worker): boolean => threadId === -1

export class WarmPool implements PoolRunnerInitializer {
  readonly name = 'warm'
  readonly #all = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #onPrinted: (text: string) => void

  /** `onPrinted` is told what the code writes to standard output and error by itself. */
  constructor(onPrinted: (text: string) => void) {
    this.#onPrinted = onPrinted
  }

  createPoolWorker(options: PoolOptions): PoolWorker {
    const thread = this.#idle.pop() ?? this.#newThread(options)
    const heard: Events[] = []
    const hear = (...event: Events): void => {
      heard.push(event)
      thread.on(...event)
    }
    return {
      name: this.name,
      on: hear,
      off: (...event) => void thread.off(...event),
      send: (message) => {
        // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
        thread.postMessage(message)
        if (!isStop(message)) return
        // A thread that is ended in the middle says nothing, and Vitest would wait for a minute.
        const answer = (): void => {
          for (const [event, listener] of heard) if (event === 'message') listener(stopped)
        }
        if (isGone(thread)) queueMicrotask(answer)
        else hear('exit', answer)
      },
      deserialize: (data) => data,
      start: () => Promise.resolve(),
      stop: () => {
        for (const event of heard) thread.off(...event)
        if (this.#all.has(thread)) this.#idle.push(thread)
        return Promise.resolve()
      },
    }
  }

  /** Terminates the threads. A run that is under way ends with an error. */
  async end(): Promise<void> {
    const threads = [...this.#all]
    this.#all.clear()
    this.#idle.splice(0)
    await Promise.all(threads.map((thread) => thread.terminate()))
  }

  #newThread({ env, execArgv }: PoolOptions): Worker {
    const thread = new Worker(join(import.meta.dirname, 'thread.ts'), {
      env,
      execArgv: [...execArgv, ...(process.features.typescript ? [] : ['--import', 'tsx'])],
      stdout: true,
      stderr: true,
    })
    for (const stream of [thread.stdout, thread.stderr]) {
      stream.on('data', (chunk: Buffer) => this.#onPrinted(chunk.toString()))
    }
    this.#all.add(thread)
    // The run that goes on in it hears of both by itself.
    thread.on('error', () => undefined)
    thread.on('exit', () => this.#all.delete(thread))
    return thread
  }
}
