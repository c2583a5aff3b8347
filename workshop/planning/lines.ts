// Words in columns: the little that the pages of this folder need to stay within a terminal.

/** `text` in lines of at most `width` columns, the first one after `lead`, the others indented
 *  alike. A word that is longer than a line has one of its own. */
export function hanging(lead: string, text: string, width: number): readonly string[] {
  const indent = ' '.repeat(lead.length)
  const lines: string[] = []
  let line = lead
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line.trimEnd()]
}

/** `left`, and `right` at the right edge; one after the other where both do not fit. */
export function between(left: string, right: string, width: number): readonly string[] {
  if (left.length + 2 + right.length > width) return [left, right.padStart(width)]
  return [left + right.padStart(width - left.length)]
}

/** `09:05` of a minute of the day; after midnight it begins anew. */
export function clockOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}

/** `45 min`, `6 h 30`, `7 h` */
export function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
}
