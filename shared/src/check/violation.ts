// A property that does not hold, as an error: the code for machines, the sentence for people.

import type { FailureCode } from './codes.ts'

export type ViolationOptions = ErrorOptions & {
  /** The keys, messages and processes that it is about, for the picture. */
  readonly about?: readonly string[]
  /** What stands below the sentence: the picture, the line that replays it. */
  readonly picture?: string
}

export class Violation extends Error {
  override readonly name = 'Violation'
  readonly code: FailureCode
  readonly sentence: string
  readonly about: readonly string[]

  constructor(code: FailureCode, sentence: string, options: ViolationOptions = {}) {
    const { about = [], picture, ...rest } = options
    super(`${code}: ${sentence}${picture === undefined ? '' : `\n\n${picture}`}`, rest)
    this.code = code
    this.sentence = sentence
    this.about = about
  }
}

/** What a property says of a run: a violation, or nothing where it holds. */
export type Verdict = Violation | undefined

/** Throws the first violation in `verdicts`. */
export function demand(verdicts: readonly Verdict[]): void {
  const first = verdicts.find((verdict) => verdict !== undefined)
  if (first) throw first
}
