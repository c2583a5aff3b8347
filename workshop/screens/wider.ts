// What came of bounds that are wider than the exercise's own.

import type { EventOf } from '../runner/events.ts'
import { failureLines } from './failure.ts'
import { count, type Look, titled, wrap } from './text.ts'

export function widerLines(event: EventOf<'wider'>, look: Look): readonly string[] {
  const { state, schedules, test, exercise } = event
  if (state === 'running') return []
  if (state === 'holds') {
    const sentence = `It also holds in ${count(schedules, 'schedule')} of wider bounds: one fault more.`
    return wrap(sentence, '', look)
  }
  return [
    ...titled(`${exercise.number} with wider bounds: one fault more`, look),
    ...wrap(
      'There it breaks. The exercise is done all the same: this is more than it asks for, and for ' +
        'the curious.',
      '',
      look,
    ),
    ...(test ? [...wrap(test.name, look.plain ? 'FAIL  ' : ' ✘ ', look)] : []),
    ...(test ? failureLines(test, look) : []),
    '',
  ]
}
