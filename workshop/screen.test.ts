import { expect, test } from 'vitest'
import { inOrder, isGreen, resultLines, verdict, width, wrap } from './screen.ts'

const passed = {
  file: 'orders.test.ts',
  name: 'it holds',
  ok: true,
  code: undefined,
  message: undefined,
  ms: 1,
  explored: [],
  leftOut: [],
}
const failed = (name: string) => ({
  file: 'orders.test.ts',
  name,
  ok: false,
  code: 'LOST_MESSAGE',
  message: 'LOST_MESSAGE: expected ItemAdded, got nothing',
  ms: 1,
  explored: [],
  leftOut: [],
})

test('the first failure is shown in full, of the others the code, the verdict last', () => {
  const outcomes = [passed, failed('one is lost'), failed('two are lost')]
  expect(resultLines({ outcomes, ms: 1234 })).toEqual([
    ' ✔ it holds',
    ' ✘ one is lost',
    '     LOST_MESSAGE',
    '     expected ItemAdded, got nothing',
    ' ✘ two are lost',
    '     LOST_MESSAGE: expected ItemAdded, got nothing',
    '',
    'RED  1 of 3  ·  1.2 s',
  ])
})

test('a picture below the sentence is shown as it is, up to the last column', () => {
  const [arrow, edge] = ['  3  |--- load   ann/cart --->|', '|'.padStart(width)]
  const message = `LOST_MESSAGE: expected one order, got none\n\n${arrow}\n${edge}`
  const lines = resultLines({ outcomes: [{ ...failed('one is lost'), message }], ms: 0 })
  expect(lines.slice(2, -2)).toEqual(['     expected one order, got none', '', arrow, edge])
})

test('each further failure comes with the line that replays it', () => {
  const replay = '  npx -y pnpm@12 workshop replay 02 --schedule k9-4.2x3'
  const message = `LOST_MESSAGE: expected one order, got none\n\na picture\n\nSee it:\n${replay}`
  const outcomes = [failed('one is lost'), { ...failed('two are lost'), message }]
  expect(resultLines({ outcomes, ms: 0 }).slice(3, -2)).toEqual([
    ' ✘ two are lost',
    '     LOST_MESSAGE: expected one order, got none',
    `  ${replay}`,
  ])
})

test('the file with the test that is told first comes first, whatever its name', () => {
  const [monkey, order] = [
    { ...failed('the monkey bites'), file: 'a.test.ts' },
    { ...failed('one is lost'), file: 'b.test.ts' },
  ]
  const names = (...red: readonly string[]) =>
    inOrder([monkey, passed, order], {
      red: red.map((test) => ({ code: 'LOST_MESSAGE', test })),
    }).map(({ name }) => name)
  expect(names()).toEqual(['the monkey bites', 'it holds', 'one is lost'])
  expect(names('one is lost')).toEqual(['one is lost', 'the monkey bites', 'it holds'])
  expect(names('one is lost', 'the monkey bites').slice(0, 2)).toEqual([
    'one is lost',
    'the monkey bites',
  ])
})

test('green needs at least one test', () => {
  expect(isGreen([passed])).toBe(true)
  expect(isGreen([])).toBe(false)
  expect(verdict({ outcomes: [], ms: 0 })).toBe('RED  0 of 0  ·  0.0 s')
  expect(verdict({ outcomes: [passed], ms: 0 })).toBe('GREEN  1 of 1  ·  0.0 s')
})

test('no line is wider than the screen, and none is lost', () => {
  const text = 'a porsche that was ordered once is in the order once '.repeat(5).trim()
  const lines = wrap(text, ' ✘ ')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
  expect(lines.map((line) => line.slice(3)).join(' ')).toBe(text)
})
