import { expect, test } from 'vitest'
import { narrowest } from '../output.ts'
import { type Asked, helpLines, press, questionOf, type Situation } from './keys.ts'

const red: Situation = { isGreen: false, isUnlocked: false }
const green: Situation = { isGreen: true, isUnlocked: true }
const everything: readonly Asked[] = [
  'nothing',
  'skip',
  'stuck',
  'reset',
  'compare',
  { goTo: '' },
  { goTo: '1' },
]

test.each([
  ['h', 'hint'],
  ['t', 'trace'],
  ['o', 'open'],
  ['u', 'undo'],
  ['m', 'move'],
  ['r', 'run'],
  [' ', 'run'],
  ['\r', 'run'],
  ['\n', 'run'],
  ['?', 'help'],
  ['q', 'quit'],
  ['H', 'hint'],
  ['Q', 'quit'],
])('%j asks for "%s" at once, on red and on green', (key, deed) => {
  expect(press('nothing', key, red)).toEqual({ asked: 'nothing', deed })
  expect(press('nothing', key, green)).toEqual({ asked: 'nothing', deed })
})

test('n goes on from green at once, and from red only when it is pressed again', () => {
  expect(press('nothing', 'n', green)).toEqual({ asked: 'nothing', deed: 'next' })
  expect(press('nothing', 'n', red)).toEqual({ asked: 'skip' })
  expect(press('skip', 'n', red)).toEqual({ asked: 'nothing', deed: 'skip' })
})

test('d compares at once where the solution is open, and else asks first', () => {
  const opened = { isGreen: false, isUnlocked: true }
  expect(press('nothing', 'd', opened)).toEqual({ asked: 'nothing', deed: 'compare' })
  expect(press('nothing', 'd', red)).toEqual({ asked: 'compare' })
  expect(press('compare', 'd', red)).toEqual({ asked: 'nothing', deed: 'compare anyway' })
})

test.each([
  ['1', 'hint'],
  ['2', 'compare anyway'],
  ['3', 'take'],
  ['4', 'skip'],
])('whoever is stuck and answers %s gets "%s"', (key, deed) => {
  expect(press('nothing', 's', red)).toEqual({ asked: 'stuck' })
  expect(press('stuck', key, red)).toEqual({ asked: 'nothing', deed })
})

test.each([
  ['y', 'reset'],
  ['m', 'bring back'],
])('a reset that is answered with %s is "%s"', (key, deed) => {
  expect(press('nothing', 'x', red)).toEqual({ asked: 'reset' })
  expect(press('reset', key, red)).toEqual({ asked: 'nothing', deed })
})

test.each(['skip', 'stuck', 'reset', 'compare'] as const)(
  'another key withdraws the question "%s", and does nothing else',
  (asked) => {
    for (const key of ['q', 'z', 'h', '5', '\u001b', '\u001b[A', 'r', ' ']) {
      expect(press(asked, key, green), key).toEqual({ asked: 'nothing' })
    }
  },
)

test('l lists, and two digits go to an exercise', () => {
  const listed = press('nothing', 'l', red)
  expect(listed).toEqual({ asked: { goTo: '' }, deed: 'list' })
  const once = press(listed.asked, '0', red)
  expect(once).toEqual({ asked: { goTo: '0' } })
  expect(press(once.asked, '7', red)).toEqual({ asked: 'nothing', deed: { goTo: '07' } })
})

test.each([{ goTo: '' }, { goTo: '1' }])(
  'what is no digit is the key that it always is',
  (asked) => {
    expect(press(asked, 'q', red)).toEqual({ asked: 'nothing', deed: 'quit' })
    expect(press(asked, 'h', red)).toEqual({ asked: 'nothing', deed: 'hint' })
    expect(press(asked, 'x', red)).toEqual({ asked: 'reset' })
    expect(press(asked, 'n', green)).toEqual({ asked: 'nothing', deed: 'next' })
    expect(press(asked, '\u001b', red)).toEqual({ asked: 'nothing' })
    expect(press(asked, '٣', red)).toEqual({ asked: 'nothing' })
  },
)

test.each(everything.flatMap((asked) => ['\u0003', '\u0004'].map((key) => ({ asked, key }))))(
  'Ctrl-C and Ctrl-D quit, whatever is asked: %j',
  ({ asked, key }) => {
    expect(press(asked, key, red)).toEqual({ asked: 'nothing', deed: 'quit' })
  },
)

test.each(['', 'z', '0', '\u001b[A', 'constructor', '__proto__', 'é'])(
  'a key that means nothing (%j) does nothing',
  (key) => {
    for (const asked of ['nothing', 'stuck'] as const) {
      expect(press(asked, key, red)).toEqual({ asked: 'nothing' })
    }
  },
)

test('a question names every key that answers it, and fits a narrow screen where it is a table', () => {
  const answers = { skip: 'n', compare: 'd', reset: 'ym', stuck: '1234' } as const
  for (const [asked, keys] of Object.entries(answers)) {
    const lines = questionOf(asked as keyof typeof answers, '03') ?? []
    for (const key of keys)
      expect(lines.join('\n'), asked).toMatch(new RegExp(`(^|\\s)${key}\\s`, 'm'))
    expect(lines.join('\n'), asked).toMatch(/other( key)?: /)
  }
  for (const line of questionOf('stuck', '03') ?? []) {
    expect(line.length).toBeLessThanOrEqual(narrowest)
  }
  expect(questionOf('nothing', '03')).toBeUndefined()
  expect(questionOf({ goTo: '1' }, '03')?.join()).toContain(': 1.')
})

test('the help tells of every key, and fits a narrow screen', () => {
  const keys = helpLines.filter((line) => /^\S {2}/.test(line)).map((line) => line[0])
  expect(keys.join('')).toBe('nhdtsxulmroq')
  for (const line of helpLines) expect(line.length).toBeLessThanOrEqual(narrowest)
})
