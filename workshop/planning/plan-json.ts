// A plan as lines of JSON: each slot, each cut, and the verdict last.

import { clockOf } from './lines.ts'
import type { Plan } from './plan.ts'

export function planJson(plan: Plan): readonly object[] {
  const { route, times, days, over, spare, cuts, later, elsewhere } = plan
  return [
    ...days.flatMap((day, index) =>
      day.slots.map(({ kind, at, minutes, number, title, note }) => ({
        kind: 'slot',
        day: index + 1,
        at: clockOf(at),
        minutes,
        what: kind,
        number: number ?? null,
        title,
        note: note ?? null,
      })),
    ),
    ...cuts.map((cut) => ({ kind: 'cut', ...cut })),
    {
      kind: 'plan',
      route: route.name,
      dayMinutes: times.minutes,
      from: clockOf(times.from),
      days: days.map((day) => ({ minutes: day.minutes, end: clockOf(day.end) })),
      fits: over === 0 && days.length > 0,
      over,
      spare,
      later: later.map(({ number }) => number),
      lecturesElsewhere: elsewhere.map(({ number }) => number),
    },
  ]
}
