import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../root.ts'
import { differences, isSame } from './differences.ts'
import { tokensOf } from './tokens.ts'

test.each([
  ['white space', 'const a=[ 1,2 ]', 'const a = [1, 2]'],
  ['line breaks', 'call(\n  one,\n  two,\n)\n', 'call(one, two)'],
  ['indentation and blank lines', 'if (a) {\n\n\n      b()\n}', 'if (a) {\n  b()\n}\n'],
  ['line ends', 'a()\r\nb()\r\n', 'a()\nb()\n'],
  ['quotes', `say("it's \\"so\\"")`, `say('it\\'s "so"')`],
  ['semicolons', 'a();\nb();\n', 'a()\nb()\n'],
  ['trailing commas', '[1, 2,]\nf({ a, b, },)\n', '[1, 2]\nf({ a, b })\n'],
  ['comments', '// why\na() /* here */\n/** Doc\n * two */\nb()', 'a()\nb() // other'],
  ['the first bar of a union', 'type A =\n  | One\n  | Two\n', 'type A = One | Two\n'],
  ['the quotes of a name', "f({ 'a': 1, 'b': 2 })", 'f({ a: 1, b: 2 })'],
  ['brackets around a parameter', 'list.map(x => x + 1)', 'list.map((x) => x + 1)'],
  ['brackets of an async function', 'list.map(async x => x)', 'list.map(async (x) => x)'],
  [
    'a bracket that moves across lines',
    'f({\n  a: 1\n},\nb\n)\ng()\n',
    'f(\n  {\n    a: 1,\n  },\n  b,\n)\ng()\n',
  ],
])('%s: no difference', (_name, mine, theirs) => {
  expect(differences(mine, theirs)).toEqual([])
  expect(differences(theirs, mine)).toEqual([])
})

test.each([
  ['a word', 'await a()', 'await b()'],
  ['an operator', 'a == b', 'a === b'],
  ['an await', 'await save()', 'save()'],
  ['what stands in a string', "say('a b')", "say('a  b')"],
  ['what stands in a template', 'say(`a b`)', 'say(`a  b`)'],
  ['a string or a name', "f('a')", 'f(a)'],
  ['an element', '[1, 2, 3]', '[1, 2]'],
  ['an order', 'a()\nb()\n', 'b()\na()\n'],
  ['brackets that count', '(a + b) * c', 'a + b * c'],
  ['a division', 'a / b / c', 'a / c / b'],
  ['what stands in a regular expression', '/a b/.test(c)', '/a  b/.test(c)'],
  ['a slash in a string', "f('//a')", "f('//b')"],
  ['code that was commented out', 'a()\nb()\n', 'a()\n// b()\n'],
])('%s: a difference', (_name, mine, theirs) => {
  expect(isSame(mine, theirs)).toBe(false)
  expect(isSame(theirs, mine)).toBe(false)
})

test('of several hunks those stay that say something else', () => {
  const mine = 'import { a } from "a";\n\nconst x = 1\nconst y = 2\n\ncall(x,y)\n'
  const theirs = "import { a } from 'a'\n\nconst x = 1\nconst y = 3\n\ncall(x, y)\n"
  expect(differences(mine, theirs)).toEqual([
    { from: 3, to: 3, removed: ['const y = 2'], added: ['const y = 3'] },
  ])
})

test('a template ends where it ends, however deep its parts are', () => {
  const source = 'a(`x ${b(`y ${c} }`)} {`); d'
  expect(tokensOf(source).map(({ text }) => text)).toEqual([
    'a',
    '(',
    '`x ${b(`y ${c} }`)} {`',
    ')',
    'd',
  ])
})

test('every file of the workshop is read to its end, and says what it says', () => {
  for (const folder of ['exercises', 'solutions']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((one) => one.endsWith('.ts'))) {
      const source = readFileSync(join(root, folder, file), 'utf8')
      const reformatted = source.replaceAll(/^ +/gm, '\t').replaceAll('\n', '\r\n')
      expect(isSame(source, reformatted), file).toBe(true)
      const tokens = tokensOf(source)
      // A quote or a bracket that was read wrongly would swallow what follows.
      expect(tokens.filter(({ text }) => text.length > 300).map(({ text }) => text)).toEqual([])
    }
  }
})
