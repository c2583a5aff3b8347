import { expect, test } from 'vitest'
import { agenda, type Day, type Group } from './agenda.ts'

const nine = 9 * 60
const group = (title: string, minutes = 30): Group => [{ kind: 'exercise', title, minutes }]
const groups = (count: number, minutes = 30): readonly Group[] =>
  Array.from({ length: count }, (_, index) => group(`${index + 1}`, minutes))

const titles = (day: Day | undefined): readonly string[] =>
  (day?.slots ?? []).filter(({ kind }) => kind === 'exercise').map(({ title }) => title)

/** How long the room sits, between breaks and meals. */
function sitting({ slots }: Day): readonly number[] {
  const stretches = [0]
  for (const { kind, minutes } of slots) {
    if (kind === 'break' || kind === 'lunch') stretches.push(0)
    else stretches.push((stretches.pop() ?? 0) + minutes)
  }
  return stretches
}

test('no time is lost between two slots, and a day begins with a welcome and ends with a debrief', () => {
  const [day] = agenda(groups(10), { from: nine, minutes: 420, days: 1 })
  let at = nine
  for (const slot of day?.slots ?? []) {
    expect(slot.at, slot.title).toBe(at)
    at += slot.minutes
  }
  expect(day?.end).toBe(at)
  expect(day?.slots.at(0)?.kind).toBe('welcome')
  expect(day?.slots.at(-1)?.kind).toBe('debrief')
})

test('there are never more than 90 minutes without a break, and each break takes 10 to 15', () => {
  for (const count of [1, 3, 8, 14, 25]) {
    const [day] = agenda(groups(count, 25), { from: nine, minutes: 420, days: 1 })
    for (const stretch of day ? sitting(day) : [0]) expect(stretch).toBeLessThanOrEqual(90)
    const breaks = (day?.slots ?? []).filter(({ kind }) => kind === 'break')
    expect(breaks.every(({ minutes }) => minutes >= 10 && minutes <= 15)).toBe(true)
  }
})

test('a day of more than four hours has one lunch near noon, a shorter one has none', () => {
  const meals = (count: number, from: number) =>
    agenda(groups(count), { from, minutes: 420, days: 1 })
      .flatMap(({ slots }) => slots)
      .filter(({ kind }) => kind === 'lunch')
  expect(meals(6, nine)).toEqual([])
  const [lunch, ...others] = meals(10, nine)
  expect(others).toEqual([])
  expect(lunch?.title).toBe('Lunch')
  expect(lunch?.at).toBeGreaterThanOrEqual(11 * 60)
  expect(lunch?.at).toBeLessThanOrEqual(13 * 60 + 30)
  // Nobody has lunch at six in the evening.
  expect(meals(10, 15 * 60).map(({ title }) => title)).toEqual(['Meal'])
})

test('one day is full before the next begins, and nothing gets lost in between', () => {
  const days = agenda(groups(10), { from: nine, minutes: 180, days: undefined })
  expect(days.length).toBeGreaterThan(1)
  for (const day of days) expect(day.minutes).toBeLessThanOrEqual(180)
  expect(days.flatMap(titles)).toEqual(groups(10).map(([one]) => one?.title))
})

test('the last of a given number of days takes all that is left, however long it gets', () => {
  const days = agenda(groups(10), { from: nine, minutes: 120, days: 2 })
  expect(days).toHaveLength(2)
  expect(days.flatMap(titles)).toHaveLength(10)
  expect(days[1]?.minutes).toBeGreaterThan(120)
})

test('what is longer than a day is a day of its own', () => {
  const days = agenda([group('a', 60), group('b', 60)], {
    from: nine,
    minutes: 30,
    days: undefined,
  })
  expect(days.map(titles)).toEqual([['a'], ['b']])
})

test('nothing to do makes no day', () => {
  expect(agenda([], { from: nine, minutes: 420, days: 2 })).toEqual([])
})
