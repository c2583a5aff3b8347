// A property that does not hold, as an error: the code for machines, the sentence for people.

import type { FailureCode } from './codes.ts'

export class Violation extends Error {
  override readonly name = 'Violation'
  readonly code: FailureCode

  constructor(code: FailureCode, sentence: string, options?: ErrorOptions) {
    super(`${code}: ${sentence}`, options)
    this.code = code
  }
}

/** What a property says of a run: a violation, or nothing where it holds. */
export type Verdict = Violation | undefined

/** Throws the first violation in `verdicts`. */
export function demand(verdicts: readonly Verdict[]): void {
  const first = verdicts.find((verdict) => verdict !== undefined)
  if (first) throw first
}
