import { expect, test } from 'vitest'
import { readLecture } from './lecture.ts'
import { withBlocks } from './page.ts'

const text = `---
title: Two generals
minutes: 10
before: 02
---

# Two generals

> **To the room:** How many
> messengers?

\`\`\`text printed
---
# no slide, and no heading
\`\`\`

<details><summary>Notes</summary>

None is enough.

</details>

---

## The next slide
`

test('front matter, slides, headings, notes and questions are read, and not what blocks hold', () => {
  const { front, slides, blocks } = readLecture('lectures/03.md', text)
  expect(front).toEqual({
    title: 'Two generals',
    minutes: 10,
    exercise: '02',
    isBefore: true,
  })
  expect(slides.map(({ headings, notes, questions }) => ({ headings, notes, questions }))).toEqual([
    {
      headings: ['Two generals'],
      notes: ['None is enough.'],
      questions: ['How many\n> messengers?'],
    },
    { headings: ['The next slide'], notes: [], questions: [] },
  ])
  expect(slides.map(({ line }) => line)).toEqual([6, 24])
  expect(blocks).toEqual([
    { info: 'text printed', text: '---\n# no slide, and no heading', start: 12, end: 14 },
  ])
})

test('other contents leave the rest of a lecture as it is', () => {
  const lecture = readLecture('lectures/03.md', text)
  const [block] = lecture.blocks
  const changed = withBlocks(lecture, new Map([[block!, 'one\ntwo\nthree']]))
  expect(changed).toBe(text.replace('---\n# no slide, and no heading', 'one\ntwo\nthree'))
  expect(withBlocks(lecture, new Map())).toBe(text)
})

test.for([
  ['no front matter', '# Two generals\n', 'expected front matter between lines of ---'],
  ['a line of another form', text.replace('before: 02', 'before 02'), 'got "before 02"'],
  ['no number', text.replace('before: 02', 'before: soon'), 'expected the number of an exercise'],
  ['too long', text.replace('minutes: 10', 'minutes: 45'), '<=15'],
  ['an unknown key', text.replace('before:', 'beside: 01\nbefore:'), 'beside'],
  [
    'two places',
    text.replace('before:', 'after: 01\nbefore:'),
    'expected either "before" or "after"',
  ],
  ['no place', text.replace('before: 02\n', ''), 'expected either "before" or "after"'],
  ['an open fence', text.replace('```\n\n<', '\n<'), 'lectures/03.md:12: expected a fence that'],
] as const)('%s is a problem that names the file', ([, wrong, says]) => {
  expect(() => readLecture('lectures/03.md', wrong)).toThrow(says)
  expect(() => readLecture('lectures/03.md', wrong)).toThrow('lectures/03.md')
})
