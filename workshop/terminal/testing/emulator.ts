// A terminal small enough to be understood: what is written to it, and what a person then sees. It
// knows what the views need: lines, the cursor upwards, erasing downwards, colours (which it
// drops). Anything else throws, so that no view begins to use what other terminals may not have.

export type EmulatorOptions = {
  readonly columns?: number
  /** How many lines a person sees at once. What has scrolled out of them cannot be reached. */
  readonly rows?: number
}

// oxlint-disable-next-line no-control-regex -- a terminal reads control characters
const piece = /\u001b\[([0-9;]*)([A-Za-z])|\r|\n|[^\u0000-\u001f\u007f-\u009f]+/y
// oxlint-disable-next-line no-control-regex -- a sequence may arrive in two halves
const half = /\u001b(\[[0-9;]*)?$/

export class Emulator {
  readonly columns: number
  readonly rows: number
  #lines: string[] = ['']
  #row = 0
  #column = 0
  /** The first line that is not scrolled out. */
  #top = 0
  #rest = ''

  constructor({ columns = 80, rows = 1_000 }: EmulatorOptions = {}) {
    this.columns = columns
    this.rows = rows
  }

  /** Throws an error that names a sequence that it does not know. A sequence may come in halves. */
  write(text: string): boolean {
    const all = this.#rest + text
    this.#rest = half.exec(all)?.[0] ?? ''
    const now = all.slice(0, all.length - this.#rest.length)
    piece.lastIndex = 0
    while (piece.lastIndex < now.length) {
      const { lastIndex } = piece
      const found = piece.exec(now)
      if (!found) {
        const got = JSON.stringify(now.slice(lastIndex, lastIndex + 12))
        throw new Error(`expected text, a line end, CSI A, CSI J or a colour, got ${got}`)
      }
      this.#take(found)
    }
    return true
  }

  /** Everything that was written and not erased, with what has scrolled out; nothing stands at the
   *  end of a line. */
  get all(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd())
  }

  /** What a person sees now. */
  get screen(): readonly string[] {
    return this.all.slice(this.#top)
  }

  #take([text, number = '', letter]: RegExpExecArray): void {
    if (text === '\r') this.#column = 0
    else if (text === '\n') this.#newLine()
    else if (letter === undefined) for (const sign of text) this.#put(sign)
    else if (letter === 'A') {
      this.#row = Math.max(this.#top, this.#row - Math.max(1, Number(number)))
    } else if (letter === 'J' && Number(number) === 0) this.#eraseBelow()
    else if (letter !== 'm') {
      throw new Error(`expected CSI A, CSI 0J or a colour, got CSI ${number}${letter}`)
    }
  }

  /** As a terminal has it whose `\n` goes to the start of the next line too. */
  #newLine(): void {
    this.#row += 1
    this.#column = 0
    if (this.#row === this.#lines.length) this.#lines.push('')
    this.#top = Math.max(this.#top, this.#row - this.rows + 1)
  }

  /** What does not fit goes on in the next line. */
  #put(sign: string): void {
    if (this.#column === this.columns) this.#newLine()
    const line = (this.#lines[this.#row] ?? '').padEnd(this.#column)
    this.#lines[this.#row] = line.slice(0, this.#column) + sign + line.slice(this.#column + 1)
    this.#column += 1
  }

  #eraseBelow(): void {
    this.#lines = this.#lines.slice(0, this.#row + 1)
    this.#lines[this.#row] = (this.#lines[this.#row] ?? '').slice(0, this.#column)
  }
}
