// A pseudo-terminal, and whoever sits at it: keys go in, and what a person then sees comes out. The
// terminal is util-linux's `script`, which every Linux has and other systems lack. Nothing here
// sleeps: what is to come is waited for, within a bound.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { realTime } from '@workshop/shared/world'
import { Emulator } from '../../workshop/terminal/testing/emulator.ts'

/** Why tests of it are skipped, where they are. */
export const noTerminal = process.platform === 'linux' ? '' : 'no util-linux `script` here'

export type TerminalOptions = {
  readonly columns?: number
  readonly rows?: number
  /** On top of a plain environment, without colour switches. */
  readonly env?: Readonly<Record<string, string>>
  /** Flags for Node, before the program. */
  readonly node?: readonly string[]
  /** Somebody else's user and group. */
  readonly uid?: number
}

const { until } = realTime()

/** What the environment of the tests would say in the place of the attendee's. */
const notOurs = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'WORKSHOP_COLUMNS', 'NODE_OPTIONS', 'VITEST']

/** The environment, without all of that. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !notOurs.includes(name)))

export class Terminal implements AsyncDisposable {
  readonly columns: number
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<number | null>
  readonly #person: Emulator
  /** One so wide that no line of it goes on in the next. */
  readonly #wide: Emulator
  #raw = ''
  #heard = ''
  /** How much of what was heard has been waited for. */
  #at = 0
  #problem: Error | undefined

  private constructor(child: ChildProcessWithoutNullStreams, columns: number, rows: number) {
    this.columns = columns
    this.#child = child
    this.#person = new Emulator({ columns, rows })
    this.#wide = new Emulator({ columns: 10_000, rows })
    this.#ended = once(child, 'close').then(([code]) => code as number | null)
    child.stdout.on('data', (chunk: Buffer) => this.#hear(chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => this.#hear(chunk.toString('utf8')))
    child.stdout.setEncoding('utf8')
    // Whoever presses a key after the end is not heard.
    child.stdin.on('error', () => undefined)
  }

  /** Runs a command of the workshop in `folder`, as somebody types it there. */
  static open(folder: string, args: readonly string[], options: TerminalOptions = {}): Terminal {
    const { columns = 80, rows = 40, env = {}, node = [], uid } = options
    const own = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const program = [process.execPath, ...node, join('workshop', 'main.js'), ...args]
    const line = ['exec', 'env', ...own, ...program].map(quoted).join(' ')
    const command = `stty cols ${columns} rows ${rows}; ${line}`
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: folder,
      env: { ...plainEnvironment(), SHELL: '/bin/sh', TERM: 'xterm' },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    })
    return new Terminal(child, columns, rows)
  }

  press(keys: string): void {
    this.#child.stdin.write(keys)
  }

  /** Waits for something new: what was waited for before does not count again. Resolves with what
   *  was found. */
  async sees(wanted: RegExp): Promise<RegExpExecArray> {
    let found: RegExpExecArray | null = null
    await this.#until(() => {
      found = wanted.exec(this.#heard.slice(this.#at))
      return found !== null
    }, String(wanted))
    const match = found as unknown as RegExpExecArray
    this.#at += match.index + match[0].length
    return match
  }

  /** Waits until the lines at the bottom of the screen look like this. */
  shows(wanted: RegExp): Promise<void> {
    return this.#until(() => wanted.test(this.screen.join('\n').trimEnd()), `a screen ${wanted}`)
  }

  /** What a person sees now, line by line. */
  get screen(): readonly string[] {
    return this.#person.screen
  }

  /** Everything that stands there, and in what has scrolled away, each line as it was written. */
  get lines(): readonly string[] {
    return this.#wide.all
  }

  /** Everything that was ever written, without colours. */
  get heard(): string {
    return this.#heard
  }

  /** Everything that was ever written, with each byte that moves a cursor or changes a colour. */
  get raw(): string {
    return this.#raw
  }

  /** The lines that a person sees broken in two. A place in the code is to be clicked at, and stays
   *  whole. */
  get tooWide(): readonly string[] {
    return this.lines.filter((line) => line.length > this.columns && !/^ *at \S+:\d+$/.test(line))
  }

  /** Resolves with the exit code once the program has ended by itself. */
  async ended(): Promise<number | null> {
    let code: number | null | undefined
    void this.#ended.then((one) => (code = one))
    await this.#until(() => code !== undefined, 'an end')
    return code ?? null
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The terminal goes away, and so does what runs in it.
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  #hear(text: string): void {
    this.#raw += text
    this.#heard += stripVTControlCharacters(text).replaceAll('\r', '')
    try {
      this.#person.write(text)
      this.#wide.write(text)
    } catch (error) {
      this.#problem ??= new Error(String(error), { cause: error })
    }
  }

  async #until(condition: () => boolean, what: string): Promise<void> {
    try {
      await until(() => this.#problem !== undefined || condition(), what)
    } catch (error) {
      throw new Error(`${String(error)}, got:\n${this.lines.slice(-60).join('\n')}`, {
        cause: error,
      })
    }
    if (this.#problem) throw this.#problem
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`
