// Files of the reader's were written: which, and where they are as they were.

import type { EventOf } from '../runner/events.ts'
import { commandLine, type Look, wrap } from './text.ts'

const headings: Readonly<Record<EventOf<'written'>['what'], string>> = {
  reset: 'is back at its start',
  'solution taken': 'has the solution in place',
  undone: 'is as it was before',
  'missing files brought back': 'has its missing files back',
  moved: 'has your edit of the solution',
}

export function writtenLines(event: EventOf<'written'>, look: Look): readonly string[] {
  const { exercise, what, files, left, kept } = event
  if (files.length === 0) {
    const nothing = `${exercise.number} is as it was: there was nothing to write.`
    return ['', ...wrap(nothing, '', look), ...leftLines(left, look)]
  }
  const again = look.plain ? [`undo  ${commandLine('undo')}`] : ['u brings it back.']
  return [
    '',
    ...wrap(`${exercise.number} ${headings[what]}. Written: ${files.join(', ')}.`, '', look),
    ...(kept === undefined ? [] : wrap(`What was there is kept in ${kept}`, '', look)),
    ...leftLines(left, look),
    ...(kept === undefined ? [] : again),
  ]
}

const leftLines = (left: readonly string[], look: Look): readonly string[] =>
  left.length === 0 ? [] : wrap(`Left as they are: ${left.join(', ')}.`, '', look)
