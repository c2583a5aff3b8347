// One hint of three, and how to get the next one.

import type { EventOf } from '../runner/events.ts'
import { commandLine, type Look, titled, wrap } from './text.ts'

export function hintLines(event: EventOf<'hint'>, look: Look): readonly string[] {
  const { exercise, number, of, title, text } = event
  const paragraphs = text.split(/\n{2,}/)
  return [
    ...titled(`${exercise.number} Hint ${number} of ${of}: ${title}`, look),
    ...paragraphs.flatMap((paragraph) => wrap(paragraph.replaceAll(/\s+/g, ' '), '', look)),
    '',
    ...nextLines(event, look),
  ]
}

function nextLines(event: EventOf<'hint'>, look: Look): readonly string[] {
  const { exercise, number, of, isRepeated } = event
  const again = isRepeated ? 'You have seen this one; it is the last. ' : ''
  if (!look.plain) {
    return number < of
      ? ['h gives the next hint.']
      : wrap(`${again || 'That was the last hint. '}s says what else you can do.`, '', look)
  }
  if (number < of) return [`hint  ${commandLine('hint', exercise.number)}`]
  return [again.trim(), `show  ${commandLine('solution', exercise.number)}`].filter(Boolean)
}
