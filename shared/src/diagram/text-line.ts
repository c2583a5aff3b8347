// One line of text that things are put into, in any order. What is put later covers what is there,
// and what reaches over the end is left out.

export class TextLine {
  readonly #cells: string[]

  constructor(width: number) {
    this.#cells = Array.from({ length: width }, () => ' ')
  }

  put(at: number, text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const cell = at + index
      if (cell >= 0 && cell < this.#cells.length) this.#cells[cell] = text.charAt(index)
    }
  }

  /** Within the line, if it fits at all. */
  putCentred(at: number, text: string): void {
    const latest = this.#cells.length - text.length
    this.put(Math.max(0, Math.min(at - Math.floor(text.length / 2), latest)), text)
  }

  /** At the end of the line, but only where there is room. */
  putLast(text: string): void {
    const at = this.#cells.length - text.length
    if (this.text.length < at - 1) this.put(at, text)
  }

  get text(): string {
    return this.#cells.join('').trimEnd()
  }
}
