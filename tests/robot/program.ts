// A program of the workshop without a terminal, as an editor, a script or a log file runs it: its
// standard input can end, what it prints is waited for, and it can be killed.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { realTime } from '@workshop/shared/world'
import { plainEnvironment, type TerminalOptions } from './terminal.ts'

export type ProgramOptions = Pick<TerminalOptions, 'env' | 'node' | 'uid'>

/** An exit code, or the signal that ended it. */
export type End = number | NodeJS.Signals

const { until } = realTime()

export class Program implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<End>
  #output = ''
  #errors = ''
  #end: End | undefined

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child
    this.#ended = once(child, 'close').then(([code, signal]) => (this.#end = signal ?? code))
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    child.stdin.on('error', () => undefined)
  }

  static open(folder: string, args: readonly string[], options: ProgramOptions = {}): Program {
    const { env = {}, node = [], uid } = options
    const child = spawn(process.execPath, [...node, join('workshop', 'main.js'), ...args], {
      cwd: folder,
      env: { ...plainEnvironment(), ...env },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    })
    return new Program(child)
  }

  get output(): string {
    return this.#output
  }

  get errors(): string {
    return this.#errors
  }

  /** Waits until its standard output has this, anywhere. */
  async prints(wanted: RegExp): Promise<void> {
    await this.#until(() => wanted.test(this.#output), String(wanted))
  }

  endInput(): void {
    this.#child.stdin.end()
  }

  /** Resolves once it has ended by itself. */
  async ended(): Promise<End> {
    await this.#until(() => this.#end !== undefined, 'an end')
    return this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  async #until(condition: () => boolean, what: string): Promise<void> {
    try {
      await until(condition, what)
    } catch (error) {
      const got = `${this.#output}\n${this.#errors}`.slice(-6_000)
      throw new Error(`${String(error)}, got:\n${got}`, { cause: error })
    }
  }
}

/** Runs it to its end, with nothing on its standard input. */
export async function ran(
  folder: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<{ readonly end: End; readonly output: string; readonly errors: string }> {
  await using program = Program.open(folder, args, options)
  program.endInput()
  const end = await program.ended()
  return { end, output: program.output, errors: program.errors }
}
