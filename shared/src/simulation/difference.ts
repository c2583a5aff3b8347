// Whether two runs of one schedule went the same way. Where they did not, something remembers the
// first one that a crash would have taken away.

import type { Finding } from './finding.ts'

export const remembers =
  'expected the same schedule to go the same way again, got another one. Something outside of the ' +
  'store and the queues remembers earlier runs, and a crash would take it away'

/** The first difference between two runs of one schedule. */
export function difference(
  first: readonly string[],
  second: readonly string[],
): Finding | undefined {
  const at = first.findIndex((line, index) => line !== second[index])
  if (at < 0 && first.length === second.length) return undefined
  const inWords = (line: string | undefined): string => line?.replace(/ ~\w+$/, '') ?? 'nothing'
  const before = inWords(first[at] ?? first.at(-1))
  const now = inWords(second[at < 0 ? first.length : at])
  return {
    code: 'HIDDEN_STATE',
    sentence: `${remembers}. First: ${before}. Now: ${now}`,
  }
}
