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
  const before = readable(first[at] ?? first.at(-1))
  const now = readable(second[at < 0 ? first.length : at])
  // What was done says it, mostly; else what came of it.
  const isSameStep = before.what === now.what
  const words = ({ what, result }: Readable): string => (isSameStep ? `${what}${result}` : what)
  return {
    code: 'HIDDEN_STATE',
    sentence: `${remembers}. Step ${before.step} at first: ${words(before)}. Then: ${words(now)}`,
  }
}

type Readable = { readonly step: string; readonly what: string; readonly result: string }

const maxResult = 80

const linePattern =
  /^(\d+) @\d+ ([^[ ]+)(?:\[.*?\])? (.*?)((?: after \d+ new ids?)?(?: = .*?)?)(?: ~\w+)?$/s

/** A line of a trace, such as `2 @0 orders-1[given-1#1] load store order-1 = "x"`, for people. */
function readable(line = ''): Readable {
  const [, step = '?', process = 'nothing', what = '', result = ''] = linePattern.exec(line) ?? []
  const short = result.length > maxResult ? `${result.slice(0, maxResult)}…` : result
  return { step, what: what === '' ? process : `${process} ${what}`, result: short }
}
