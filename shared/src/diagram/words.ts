// Words that fit: into one line, and into a number of characters. A character counts for as many
// columns as it has UTF-16 units, which is right for Latin letters and for most emoji.

/** `text` in one line, with nothing in it that a terminal or XML would stumble over. */
export function clean(text: string): string {
  // Control characters move the cursor of a terminal, and XML forbids them.
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Noncharacter_Code_Point}]+/gu, ' ')
    .trim()
}

/** `text`, or its beginning and an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  if (most < 1) return ''
  // Half of a pair is no character.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** `text` in lines of at most `most` characters, broken between words. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? cut(word, most) : `${line} ${word}`
  }
  return [...lines, line]
}

const dayMs = 24 * 60 * 60 * 1000

/** A time since the beginning: `250 ms`, `7 days`, `7.8 days`. */
export function timeInWords(ms: number): string {
  if (ms < 2 * dayMs) return `${ms} ms`
  return `${Number((ms / dayMs).toFixed(1))} days`
}
