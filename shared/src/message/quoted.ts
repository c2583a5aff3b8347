// Text from outside, as an error shows it: in quotes, short, and with everything escaped that would
// not be seen, or that a terminal would obey.

const maxShown = 40
/** Control characters, marks without a width, and separators of lines. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** `text` in quotes; of a long one the length and how it begins. */
export function quoted(text: string): string {
  const shown = JSON.stringify(text.slice(0, maxShown).toWellFormed()).replace(invisible, escaped)
  if (text.length <= maxShown) return shown
  return `${text.length} characters that begin with ${shown}`
}

const escaped = (mark: string): string =>
  `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
