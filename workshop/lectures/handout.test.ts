import { expect, test } from 'vitest'
import { handoutProblems } from './handout.ts'
import { readPage } from './page.ts'

const fence = '```'
const block = (info: string): string => `\n${fence}${info}\nas it is\n${fence}\n`

const problemsOf = async (text: string, path = 'lectures/handouts/cards.md'): Promise<string> =>
  (await handoutProblems(readPage(path, text))).join('\n')

test('starts and wrong answers may be shown, on pages of sixty lines each', async () => {
  const shown = [
    'space-time 03 start however often',
    'space-time 03 wrong/remembers-in-memory a solution is looked for',
    'space-time 08 wrong/wrong-code on start one process',
    'ts exercises/03-idempotent-business-logic/orders.ts#addItem',
    'ts solutions/03-idempotent-business-logic/wrong/forgotten-await.ts#addItem',
  ]
  const first = `# Cards\n${shown.map(block).join('')}`
  const rest = 'a line\n'.repeat(60 - first.trimEnd().split('\n').length)
  expect(await problemsOf(`${first}${rest}\n---\n\n${'a line\n'.repeat(60)}`)).toBe('')
})

test.for([
  ['expected one title, got 0', 'Cards\n'],
  ['expected one title, got 2', '# Cards\n\n# Cards\n'],
  ['page 1: expected at most 60 lines, got 61', `# Cards\n${'a line\n'.repeat(60)}`],
  ['page 2: expected at most 60 lines, got 61', `# Cards\n---\n${'a line\n'.repeat(61)}`],
  ['got a solution', `# Cards\n${block('space-time 03 solution however often')}`],
  ['got a solution', `# Cards\n${block('space-time 03 right/announce-always d3-0')}`],
  ['got a solution', `# Cards\n${block('space-time 03 start on solution however often')}`],
  ['got a solution', `# Cards\n${block('ts solutions/01-two-clicks/shop.ts#checkOut')}`],
  ['got a solution', `# Cards\n${block('ts solutions/01-two-clicks/right/one.ts#checkOut')}`],
  ['expected a block of one of these kinds', `# Cards\n${block('ts')}`],
  ['expected the link nowhere.md to lead somewhere', '# Cards\n\n[there](nowhere.md)\n'],
  ['whole, got "npx dance"', '# Cards\n\nType `npx dance`.\n'],
] as const)('%s', async ([says, text]) => {
  expect(await problemsOf(text)).toContain(says)
})

test('the glossary is as long as it has to be', async () => {
  const text = `# Glossary\n${'a line\n'.repeat(500)}`
  expect(await problemsOf(text, 'lectures/glossary.md')).toBe('')
})
