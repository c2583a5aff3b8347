// What a process of a soak notes down, in a file of its own: a line for each thing it has done,
// written at once, so that a kill loses none. A line never waits for the disk: what is to outlive
// is the process, not the machine.

import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'

type Base = {
  /** In milliseconds, on a clock that all processes of the machine share. */
  readonly t: number
  /** The command from outside that it goes back to. */
  readonly about: string
  /** The delivery that it belongs to; unique in its file. */
  readonly work: number
}

export type Note = Base &
  (
    | {
        readonly kind: 'delivered'
        readonly queue: string
        readonly id: string
        readonly attempt: number
        readonly label: string
      }
    | {
        readonly kind: 'settled'
        readonly queue: string
        readonly id: string
        readonly label: string
        readonly outcome: 'ack' | 'retry' | 'release' | 'dead-letter'
      }
    | { readonly kind: 'saved'; readonly key: string; readonly value: string }
    /** A save that was refused, or of which nobody knows. */
    | { readonly kind: 'not saved'; readonly key: string; readonly error: string }
    | {
        readonly kind: 'published'
        readonly to: string
        readonly id: string
        readonly label: string
        /** Where the broker has not confirmed it. */
        readonly error?: string
      }
    /** It ends itself now. */
    | { readonly kind: 'dies' }
  )

/** A note without its time. */
export type Said = Note extends infer One ? (One extends Note ? Omit<One, 't'> : never) : never

export const nowMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000

export class Notebook implements Disposable {
  readonly #file: number

  constructor(path: string) {
    this.#file = openSync(path, 'a')
  }

  write(said: Said): void {
    writeSync(this.#file, `${JSON.stringify({ t: nowMs(), ...said })}\n`)
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }
}

const tailBytes = 1024

/** Whether whoever writes this file is amid a delivery: it has not settled last. */
export function isAtWork(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const tail = Buffer.alloc(Math.min(tailBytes, size))
    readSync(file, tail, 0, tail.length, size - tail.length)
    const last = tail.toString().trimEnd().split('\n').at(-1) ?? ''
    return last !== '' && !last.includes('"kind":"settled"')
  } finally {
    closeSync(file)
  }
}

/** All notes in a file. A kill may have cut the last line off, or have come before the first. */
export function* notesIn(path: string): Iterable<Note> {
  if (!existsSync(path)) return
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.endsWith('}')) yield JSON.parse(line) as Note
  }
}
