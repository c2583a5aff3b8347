// What the workshop knows of where it prints to: how wide it is, and whether a person looks at a
// terminal. Everything that prints asks here, and nothing prints wider than this.

export const widest = 80
export const narrowest = 60

/** The columns to use: the terminal's, but at least 60 and at most 80; 80 without a terminal. */
export function columns(stream: { readonly columns?: number } = process.stdout): number {
  return Math.min(widest, Math.max(narrowest, stream.columns ?? widest))
}
