// What a run shows to be wrong: a code for machines, a sentence for people.

export type Finding = {
  readonly code: string
  readonly sentence: string
  /** The names of resources and lanes that it is about, for the picture. */
  readonly about?: readonly string[]
  /** Whether something waits that nothing in the simulated world will ever answer. */
  readonly isUnsettled?: boolean
  readonly cause?: unknown
}
