// An error as the one line that a log, a retry or a dead letter carries.

import { InvalidBody } from '../message/index.ts'

/** The name and message of `error` and of its causes, at most 1000 characters. */
export function reasonOf(error: unknown): string {
  const parts: string[] = []
  for (let at: unknown = error; at !== undefined && parts.length < 4; at = causeOf(at)) {
    parts.push(at instanceof Error ? `${at.name}: ${at.message}` : describe(at))
  }
  const line = parts.join(' <- ').replaceAll(/\s+/g, ' ').toWellFormed()
  return line.length > 1000 ? `${line.slice(0, 999).toWellFormed()}…` : line
}

/** An `InvalidBody` has said all that its cause says, and in words. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && !(error instanceof InvalidBody) ? error.cause : undefined

const describe = (thrown: unknown): string =>
  typeof thrown === 'string' ? thrown : `a thrown ${typeof thrown}, which is no Error`
