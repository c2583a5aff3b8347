import { describe, expect, test } from 'vitest'
import { checkPages, type PageCheck, readSources } from './check.ts'
import { type Lecture, readLecture } from './lecture.ts'

const fence = '```'
const notes = '<details><summary>Notes</summary>\n\nWhat you say.\n\n</details>\n'

const block = (info: string, text = ''): string => `${fence}${info}\n${text}${fence}\n`

/** Eight slides: the first has `body`, the last leads to exercise 03. */
function page(body: string, count = 8): string {
  const slides = [
    `# Two generals\n\n> **To the room:** How many?\n\n${body}\n${notes}`,
    ...Array.from({ length: count - 2 }, (_, index) => `## Slide ${index + 2}\n\n${notes}`),
    `## What comes next\n\n[03](../exercises/03-idempotent-business-logic/README.md)\n\n${notes}`,
  ]
  return `---\ntitle: Two generals\nminutes: 10\nbefore: 03\n---\n\n${slides.join('\n---\n\n')}`
}

const read = (text: string): Lecture => readLecture('lectures/03-two-generals.md', text)

/** Read once, as it takes longer than the checks. */
const sources = readSources(
  [read(page(block('space-time 01 start') + block('space-time 12 start')))],
  {
    worktree: process.env['CI'] === 'true',
  },
)

async function check(text: string): Promise<PageCheck> {
  const [result] = await checkPages([read(text)], await sources)
  return result!
}

const program = block('ts run', 'console.log(6 * 7)\n')
const code = block('ts solutions/01-two-clicks/shop.ts#checkOut')

test('a lecture that is filled in once has nothing left to fill in', async () => {
  const first = await check(page(`${program}\n${block('text printed')}\n${code}`))
  expect(first.problems).toEqual([])
  expect(first.stale).toHaveLength(2)
  expect(first.text).toContain(block('text printed', '42\n'))
  expect(first.text).toContain('export const checkOut = handler(CheckOut, async')
  const second = await check(first.text)
  expect(second).toMatchObject({ stale: [], problems: [], text: first.text })
})

describe('what is wrong with a lecture is said', () => {
  test.for([
    ['expected 8 to 15 slides, got 7', page('', 7)],
    ['expected 8 to 15 slides, got 16', page('', 16)],
    ['expected a question to the room, got none', page('').replace('To the room:', 'Think:')],
    ['expected a question, got "How many!"', page('').replace('How many?', 'How many!')],
    ['expected one text of notes, got 0', page('').replace(notes, '')],
    ['expected one text of notes, got 0', page('').replace('What you say.', '')],
    ['expected one text of notes, got 2', page(notes)],
    ['expected one heading, got 2', page('## Another\n')],
    ['expected one heading, got 0', page('').replace('## Slide 3\n', '')],
    [
      'expected an empty line before the "---"',
      page('').replace('</details>\n\n---', '</details>\n---'),
    ],
    ['expected the link nowhere.md to lead somewhere', page('[there](nowhere.md)')],
    ['whole, got "npx dance"', page('Type `npx dance`.')],
    ['expected the last slide to lead to', page('').replace('[03](', '[03](../')],
    ['expected "before" to name an exercise, got 99', page('').replace('before: 03', 'before: 99')],
    ['expected a block of one of these kinds', page(block('ts', 'const copied = true\n'))],
    ['expected a block "text printed" below', page(program)],
    ['expected a block "ts run" above', page(block('text printed'))],
    ['expected a file solutions/none.ts, got none', page(block('ts solutions/none.ts#x'))],
    ['shop.ts to declare nothing', page(code.replace('#checkOut', '#nothing'))],
    [
      'expected nothing but the start of 03 before it',
      page(block('ts solutions/03-idempotent-business-logic/orders.ts#addItem')),
    ],
    ['expected nothing but the start of 04', page(block('space-time 04 wrong/one it holds'))],
    ['expected an exercise 77, got none', page(block('space-time 77 start it holds'))],
    ['expected space-time NN start|', page(block('space-time 03'))],
    [
      'expected start, solution or an answer in 01-two-clicks, got "wrong/none"',
      page(block('space-time 01 wrong/none it holds')),
    ],
  ] as const)('%s', async ([says, text]) => {
    expect((await check(text)).problems.join('\n')).toContain(says)
  })
})

test('a lecture that looks back may show the solution of its exercise, and of none after it', async () => {
  const solved = block('ts solutions/03-idempotent-business-logic/orders.ts#addItem')
  const after = page(solved).replace('before: 03', 'after: 03')
  expect((await check(after)).problems).toEqual([])
  const { problems } = await check(after.replace('after: 03', 'after: 02'))
  expect(problems.join()).toContain('expected nothing but the start of 03 before it')
})

test('a program that does not compile, or does not end well, fills nothing in', async () => {
  const programs = ['console.log(6 * "7")', 'throw new Error("no")'].map(
    (text) => `${block('ts run', `${text}\n`)}\n${block('text printed', 'as it was\n')}`,
  )
  const { problems, stale, text } = await check(page(programs.join('\n')))
  expect(stale).toEqual([])
  expect(text.match(/as it was/g)).toHaveLength(2)
  expect(problems).toHaveLength(2)
  expect(problems[0]).toContain('error TS2363')
  expect(problems[1]).toContain('expected a program that ends, got Error: Command failed')
})

test('pictures are drawn from runs: failures, and schedules that hold', async () => {
  const infos = [
    'space-time 01 start a click on her phone',
    'space-time 01 start on solution a click on her phone',
    'space-time 01 wrong/flag-first when the shop crashes',
    'space-time 01 start one click',
    'space-time 01 start click',
    'space-time 01 start on solution when the shop crashes',
    'space-time 01 start zz-0',
  ]
  const { problems, stale, text } = await check(page(infos.map((info) => block(info)).join('\n')))
  const drawn = read(text).blocks.map((one) => one.text)
  expect(stale).toHaveLength(3)
  expect(drawn[0]).toContain('DUPLICATE_EFFECT: expected one order of ann, got 2')
  expect(drawn[0]).toMatch(/\n {2}npx -y pnpm@12 workshop replay 01 --start --schedule \S+$/)
  expect(drawn[1]).toContain('│<─────thank you──────┃')
  expect(drawn[1]).not.toContain('DUPLICATE_EFFECT')
  expect(drawn[1]).toMatch(/\n {2}npx -y pnpm@12 workshop replay 01 --solution --schedule \S+$/)
  expect(drawn[2]).toMatch(/\n {2}from solutions\/01-two-clicks\/wrong\/flag-first\.ts$/)
  expect(problems).toHaveLength(4)
  expect(problems[0]).toContain('expected a failure with a picture, got green: one click')
  expect(problems[1]).toContain(
    'expected "click" to be in the name of one test out of:\n  one click',
  )
  expect(problems[2]).toContain('The code has changed since: choice 1 of 1')
  expect(problems[3]).toContain('expected a test with the schedule zz-0, got none')
})

test('a schedule that is told is drawn, too, and cannot be replayed on other code', async () => {
  const infos = [
    'space-time 12 start your schedule:',
    'space-time 12 start on start your schedule:',
  ]
  const { problems, text } = await check(page(infos.map((info) => block(info)).join('\n')))
  const drawn = read(text).blocks.map((one) => one.text)
  expect(drawn[0]).toContain('#### crashed ####')
  expect(drawn[0]).toMatch(/\n {2}npx -y pnpm@12 start 12$/)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain('expected a failure whose schedule can be replayed')
})
