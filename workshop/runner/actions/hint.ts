// Three hints, one at a time: where to look, which guarantee is broken, a sketch. After the last
// one it is shown again.

import { hintsOf } from '../../catalogue/readme.ts'
import type { Desk } from '../desk.ts'

export async function hint(desk: Desk): Promise<void> {
  const hints = hintsOf(desk.exercise.start.get('README.md') ?? '')
  const shown = desk.progress.hints
  const index = Math.min(shown, hints.length - 1)
  const next = hints[index]
  if (!next) return desk.emit({ kind: 'notice', text: 'This exercise has no hints.' })
  desk.emit({
    kind: 'hint',
    exercise: desk.name,
    number: index + 1,
    of: hints.length,
    isRepeated: shown > index,
    ...next,
  })
  await desk.note((before) => ({ ...before, hints: Math.max(before.hints, index + 1) }))
}
