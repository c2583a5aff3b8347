// Where a command prints to, and in which form: a terminal with keys, plain lines, or JSON.

import type { Emit } from '../runner/events.ts'
import { largeColumns, largeScreen } from '../large.ts'
import { columns } from '../output.ts'
import { LineView } from './line-view.ts'

export type Form = {
  readonly plain: boolean
  readonly json: boolean
  /** For a projector. */
  readonly large?: boolean
}

/** Says to whoever draws pictures, in other threads and processes too, how wide they may be. */
export function tellColumns({ large = false }: Pick<Form, 'large'> = {}): void {
  const { env } = process
  if (large) env['WORKSHOP_COLUMNS'] = String(largeColumns)
  else env['WORKSHOP_COLUMNS'] ??= String(columns())
}

/** What is known of the terminal, if it is one: `isTTY` is missing on a pipe. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: { readonly isTTY?: boolean }
  readonly stdout: { readonly isTTY?: boolean }
}

/** Whether a person sits at a terminal that can be drawn in, and has not asked for lines. A
 *  `NO_COLOR` asks for them too, as does a terminal that is read aloud (`TERM=dumb`). */
export function isTerminal({ plain, json }: Form, around: Surroundings = process): boolean {
  const { NO_COLOR = '', TERM } = around.env
  if (plain || json || NO_COLOR !== '' || TERM === 'dumb') return false
  return around.stdin.isTTY === true && around.stdout.isTTY === true
}

/** Prints events as they come: a JSON object a line, or lines to be read. */
export function emitter(
  { json, large = false }: Form,
  print = (line: string) => console.log(line),
): Emit {
  const view = new LineView({ columns: large ? largeColumns : columns() })
  const shown = large ? largeScreen : (lines: readonly string[]) => lines
  return (event) => {
    const lines = json ? [JSON.stringify(event)] : shown(view.linesOf(event))
    for (const line of lines) print(line)
  }
}

/** Where keys come from. */
export type Keyboard = Pick<NodeJS.ReadStream, 'setRawMode' | 'resume' | 'pause' | 'on' | 'off'>

/** Calls back for each key that is pressed. The returned function gives the terminal back. */
export function keysOf(
  listener: (key: string) => void,
  keyboard: Keyboard = process.stdin,
): () => void {
  let isListening = true
  const onData = (data: Buffer): void => {
    // What is pasted, or typed quickly, arrives at once. A key that is no letter comes as several.
    const text = data.toString()
    for (const key of text.startsWith('\u001b') ? [text] : text) {
      // Nothing that was typed after `q` is meant for us.
      if (isListening) listener(key)
    }
  }
  keyboard.setRawMode(true)
  keyboard.resume()
  keyboard.on('data', onData)
  return () => {
    isListening = false
    keyboard.off('data', onData)
    keyboard.setRawMode(false)
    keyboard.pause()
  }
}
