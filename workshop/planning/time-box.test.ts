import { expect, test } from 'vitest'
import { timeBoxOf } from './time-box.ts'

const page = (box: string, cut: string): string =>
  `# 03 for instructors\n\n## Time box\n\n${box}\n\n## Where to cut\n\n${cut}\n`

test('the page for instructors says what is done alone, as a mob, and how to be shorter', () => {
  const text = page(
    '15 minutes: 2 for the demo, 8 alone, 5 as a\nmob. The demo is red.',
    'Skip the *solo* part, and run\n`the demo`: 7 minutes. Keep the vote.',
  )
  expect(timeBoxOf(text, 15)).toEqual({
    alone: 8,
    mob: 5,
    shorter: { minutes: 7, how: 'Skip the solo part, and run the demo' },
  })
})

test('who is a mob from the start does nothing alone', () => {
  const { alone, mob } = timeBoxOf(page('30 minutes, as a mob from the start: 3 for', ''), 30)
  expect([alone, mob]).toEqual([0, 30])
})

test('what a page does not say is not guessed', () => {
  const nothing = { alone: undefined, mob: undefined, shorter: undefined }
  expect(timeBoxOf(page('A while.', 'Leave it out.'), 15)).toEqual(nothing)
  expect(timeBoxOf('', 15)).toEqual(nothing)
})
