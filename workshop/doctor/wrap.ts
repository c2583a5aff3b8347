// Breaks a sentence into lines. A word that is longer than a line, such as a path, is broken too:
// nothing is wider than what was asked for.

export type Leads = {
  /** What stands before the first line. */
  readonly first: string
  readonly others: string
}

export function wrapTo(columns: number, text: string, { first, others }: Leads): readonly string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  const flush = (): void => {
    lines.push(line.trimEnd())
    line = others
    isEmpty = true
  }
  for (const whole of text.split(' ')) {
    let word = whole
    while (word !== '') {
      const room = Math.max(1, columns - line.length - (isEmpty ? 0 : 1))
      if (word.length > room && !isEmpty) {
        flush()
        continue
      }
      line += (isEmpty ? '' : ' ') + word.slice(0, room)
      word = word.slice(room)
      isEmpty = false
    }
    if (whole === '' && !isEmpty) line += ' '
  }
  return [...lines, line.trimEnd()]
}
