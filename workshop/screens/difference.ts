// The reader's files against the solution's, as a unified diff.

import type { EventOf } from '../runner/events.ts'
import { clean, count, type Look, titled, wrap } from './text.ts'

export function differenceLines(event: EventOf<'difference'>, look: Look): readonly string[] {
  const { exercise, files, added, removed } = event
  const differing = files.filter(({ lines }) => lines.length > 0)
  const title = titled(`${exercise.number} yours and the solution`, look)
  if (differing.length === 0) {
    const same = 'They say the same, apart from formatting and comments.'
    return [...title, ...wrap(same, '', look)]
  }
  return [
    ...title,
    ...differing.flatMap(({ lines }) => lines.flatMap((line) => folded(clean(line), look))),
    '',
    ...wrap(
      `- yours, ${count(removed, 'line')}; + the solution, ${count(added, 'line')}. Formatting and ` +
        'comments are no difference. Another answer may be as right: the tests decide.',
      '',
      look,
    ),
  ]
}

/** What is too long goes on below, further in than it began. It breaks between words where it
 *  can. */
function folded(line: string, { columns }: Look): readonly string[] {
  const indent = ' '.repeat(Math.min(12, line.search(/[^-+ ]|$/)) + 4)
  const lines: string[] = []
  let rest = line
  while (rest.length > columns) {
    const space = rest.lastIndexOf(' ', columns)
    const end = space > columns / 2 ? space : columns
    lines.push(rest.slice(0, end).trimEnd())
    rest = indent + rest.slice(end).trimStart()
  }
  return [...lines, rest]
}
