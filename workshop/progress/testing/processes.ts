// Starts `child.ts`, and talks to it in lines. For tests only.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export class Child {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #closed: Promise<string | number | null>

  constructor(...args: readonly string[]) {
    const path = fileURLToPath(new URL('child.ts', import.meta.url))
    this.#process = spawn(process.execPath, [path, ...args])
    this.#process.stderr.pipe(process.stderr)
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
    const { promise, resolve, reject } = Promise.withResolvers<string | number | null>()
    this.#process.on('error', reject)
    this.#process.on('exit', (code, signal) => resolve(signal ?? code))
    this.#closed = promise
  }

  /** The next line that it says; undefined once it has ended. */
  async line(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next()
    return done ? undefined : value
  }

  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`)
  }

  /** No more lines for it. */
  end(): void {
    this.#process.stdin.end()
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  /** Its exit code, or the signal that ended it. */
  ended(): Promise<string | number | null> {
    return this.#closed
  }
}
