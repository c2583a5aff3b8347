import { join } from 'node:path'
import { expect, test } from 'vitest'
import { large, largeScreen } from './large.ts'

const golden = (name: string): string => join(import.meta.dirname, 'large', 'golden', `${name}.txt`)

const picture = [
  '     orders  orders-1   ItemAdded  store',
  '     (queue) (process)   (queue)',
  '   1    │───────>┃ AddItem(porsche)  │',
  '   2    │        ┃───load order-1───>│ nothing   orders.ts:6',
]

const screens: Readonly<Record<string, readonly string[]>> = {
  red: [
    '03  Idempotent business logic                    about 15 min',
    'edit  exercises/03-idempotent-business-logic/orders.ts',
    ' ✔ an order that arrives once is in the order once, and it is announced to the others',
    ' ✘ a porsche ordered once is in the order once',
    '     DUPLICATE_EFFECT',
    '     expected "porsche" once, got it 2 times',
    '',
    ...picture,
    '',
    'See it step by step:',
    '  npx -y pnpm@12 workshop replay 03 --schedule d3-0.2kz',
    '',
    'RED  3 of 4  ·  0.6 s',
  ],
  green: [' ✔ one', ' ✔ two', '', 'GREEN  2 of 2  ·  0.4 s'],
  types: ['orders.ts:24  Outbox.save expects a Tx.', '', 'TYPES  1 problem'],
  timeout: ['The tests did not end.', 'TIMEOUT  a loop without an end', ''],
  setup: ['SETUP  expected a folder that can be written to, got one that cannot'],
  code: ['Believed: "the broker delivers once"', '', 'ALTERNATIVE_WORLDS'],
}

test.each(Object.entries(screens))('the screen "%s" is shown large', async (name, lines) => {
  await expect(`${largeScreen(lines).join('\n')}\n`).toMatchFileSnapshot(golden(name))
})

test.each(Object.entries(screens))('the screen "%s" keeps to 60 columns', (_name, lines) => {
  for (const line of largeScreen(lines)) expect(line.length).toBeLessThanOrEqual(60)
})

test.each(Object.entries(screens))('no word of the screen "%s" is lost', (_name, lines) => {
  const words = (texts: readonly string[]): string =>
    texts
      .join(' ')
      .replace(/(GREEN|RED|TYPES|TIMEOUT|SETUP|ALTERNATIVE_WORLDS)(?!.*\1)/, '')
      .replaceAll(/[\s#]+/g, '')
  expect(words(largeScreen(lines))).toBe(words(lines))
})

test('a picture is one block, and is neither broken nor wrapped', () => {
  expect(large([picture]).slice(0, picture.length)).toEqual(picture)
  const wide = `   1 │${'─'.repeat(90)}>│`
  expect(large([[wide]])).toEqual([`${wide.slice(0, 59)}…`])
})

test('lines that fit stay as they are, and the verdict goes to the end of them', () => {
  const said = largeScreen(['RED  1 of 2', '', 'const a = 1', 'const b = 2', '', 'hint  h', ''])
  expect(said.slice(0, 6)).toEqual(['', 'const a = 1', 'const b = 2', '', 'hint  h', ''])
  expect(said.at(-1)).toBe('1 of 2')
  expect(said.filter((line) => line.includes('#'))).toHaveLength(5)
})

test('a screen without a verdict is shown without big letters', () => {
  expect(largeScreen(['one', 'two'])).toEqual(['one', 'two'])
  expect(largeScreen([])).toEqual([])
})
