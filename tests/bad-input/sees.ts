// A row of a table of bad input: what is given, the sentence that a user sees, and what becomes of
// it. In a sentence, … stands for any text: a number of a run, or a file's folder.

export type Row = {
  readonly given: string
  readonly sees: string
  readonly becomes: string
}

/** Whether `actual` is the sentence `sees`. */
export function isSentence(actual: string, sees: string): boolean {
  const parts = sees.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(actual)
}

/** An error as whoever meets it reads it: its name and its message. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `no Error, but ${String(error)}`
