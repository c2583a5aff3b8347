// Green: what holds now and what is still open, in the words of the exercise's page. It stops there.

import type { EventOf } from '../runner/events.ts'
import { commandLine, type Look, wrap } from './text.ts'

export function greenLines(event: EventOf<'green'>, look: Look): readonly string[] {
  const { holds, open, isFirst, next } = event
  const onward = next ? `next  ${commandLine('goto', next.number)}` : 'That was the last one.'
  const goOn = look.plain ? [onward] : []
  // Whoever goes on trying things has read the rest.
  if (!isFirst) return goOn
  const [holding, opened] = look.plain ? ['- ', '- '] : [' ✔ ', ' ○ ']
  return [
    ...(holds.length > 0 ? ['Now this holds:'] : []),
    ...holds.flatMap((one) => wrap(one, holding, look)),
    ...(open === '' ? [] : ['And this is still open:', ...wrap(open, opened, look)]),
    '',
    ...goOn,
  ]
}
