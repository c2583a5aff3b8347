import { expect, test } from 'vitest'
import { parseFrontMatter } from './front-matter.ts'

const lines = [
  'title: Two clicks',
  'part: 1',
  'minutes: 15',
  'edit: cart.ts shop.ts',
  'after: nothing',
  'red: DUPLICATE_EFFECT one click makes one order',
  'red: LOST_MESSAGE every order is announced',
]
const page = (...replaced: string[]): string => `---\n${replaced.join('\n')}\n---\n\n# Title\n`
const without = (key: string): string[] => lines.filter((line) => !line.startsWith(key))

test('front matter says what fails, in order, and with which code', () => {
  const front = parseFrontMatter(page(...lines), 'README.md')
  expect(front).toMatchObject({ title: 'Two clicks', part: 1, minutes: 15, differs: [] })
  expect(front.edit).toEqual(['cart.ts', 'shop.ts'])
  expect(front.red).toEqual([
    { code: 'DUPLICATE_EFFECT', test: 'one click makes one order' },
    { code: 'LOST_MESSAGE', test: 'every order is announced' },
  ])
})

test('the brokers on which a solution is run are a list', () => {
  expect(parseFrontMatter(page(...lines), 'README.md').real).toBeUndefined()
  const { real } = parseFrontMatter(page(...lines, 'real: sqlite rabbitmq'), 'README.md')
  expect(real).toEqual(['sqlite', 'rabbitmq'])
})

test.each([
  ['no front matter at all', '# Title\n', 'expected front matter between lines of ---'],
  ['a missing key', page(...without('minutes')), 'minutes'],
  ['nothing that fails', page(...without('red')), 'red'],
  ['an unknown key', page(...lines, 'colour: green'), 'colour'],
  ['an unknown code', page(...without('red'), 'red: ODD it is odd'), 'red'],
  ['a code without a test', page(...without('red'), 'red: LOST_MESSAGE'), 'red'],
  ['an unknown broker', page(...lines, 'real: sqlite pigeon'), 'real'],
  ['a line that is none', page(...lines, 'hello'), 'got "hello"'],
])('%s is refused, with the file and the reason', (_name, text, reason) => {
  expect(() => parseFrontMatter(text, 'exercises/01/README.md')).toThrow(reason)
  expect(() => parseFrontMatter(text, 'exercises/01/README.md')).toThrow('exercises/01/README.md')
})
