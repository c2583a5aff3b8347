// All exercises by their parts, each with a sign and a word for how it stands.

import type { EventOf } from '../runner/events.ts'
import { between, type Look, titled } from './text.ts'

type Row = EventOf<'list'>['exercises'][number]

const parts: Readonly<Record<number, string>> = {
  1: 'Sync and async',
  2: 'Idempotent logic, chaos, identity, outbox',
  3: 'Designing and testing distributed algorithms',
  4: 'Stores of infinite scale',
  5: 'Deterministic deduplication',
  6: 'Across HTTP',
  7: 'Patterns of distributed systems',
}

export function listLines({ exercises }: EventOf<'list'>, look: Look): readonly string[] {
  const numbers = [...new Set(exercises.map(({ part }) => part))].toSorted((a, b) => a - b)
  return numbers.flatMap((number) => [
    ...titled(`Part ${number}: ${parts[number] ?? 'more'}`, look),
    ...exercises.filter(({ part }) => part === number).flatMap((row) => rowLines(row, look)),
  ])
}

function rowLines(row: Row, look: Look): readonly string[] {
  const { number, title, minutes } = row
  const left = `${row.isCurrent ? '>' : ' '}${signOf(row)} ${number} ${title}`
  const changed = row.isChanged ? ['▲ changed'] : []
  return between(left, [...changed, `${minutes} min`].join(look.plain ? ', ' : '  '), look)
}

function signOf({ status, isCurrent }: Row): string {
  if (status === 'done') return '✔ done   '
  if (status === 'skipped') return '↷ skipped'
  return isCurrent ? '● now    ' : '○ todo   '
}
