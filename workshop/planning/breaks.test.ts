import { expect, test } from 'vitest'
import { breaksBefore, longestStretch, type Sitting } from './breaks.ts'

const sittings = (...minutes: readonly number[]): readonly Sitting[] =>
  minutes.map((one) => ({ minutes: one, goesOn: false }))

/** How long the room sits between the breaks. */
function stretches(all: readonly Sitting[]): readonly number[] {
  const ends = [...breaksBefore(all), all.length]
  return ends.map((end, index) =>
    all.slice(ends[index - 1] ?? 0, end).reduce((sum, { minutes }) => sum + minutes, 0),
  )
}

test('nobody sits for more than 90 minutes, and no break is more than that needs', () => {
  expect(stretches(sittings(45, 45))).toEqual([90])
  expect(stretches(sittings(45, 46))).toEqual([45, 46])
  for (const length of [5, 12, 20, 30, 45, 60, 90]) {
    const all = sittings(...Array.from({ length: 40 }, () => length))
    const got = stretches(all)
    const perStretch = Math.floor(longestStretch / length)
    expect(Math.max(...got), `sittings of ${length}`).toBeLessThanOrEqual(longestStretch)
    expect(got, `sittings of ${length}`).toHaveLength(Math.ceil(40 / perStretch))
  }
})

test('the stretches are about equally long', () => {
  expect(stretches(sittings(30, 30, 30, 30))).toEqual([60, 60])
})

test('a lecture and its exercise stay together, where it takes no further break', () => {
  const lecture = { minutes: 15, goesOn: true }
  const exercise = { minutes: 30, goesOn: false }
  // The middle would be between the second lecture and its exercise.
  expect(breaksBefore([exercise, lecture, exercise, exercise])).toEqual([1])
})

test('what takes longer than a stretch stands alone', () => {
  expect(breaksBefore(sittings(20, 120, 20))).toEqual([1, 2])
})

test('where there is nothing, there is no break', () => {
  expect(breaksBefore([])).toEqual([])
})
