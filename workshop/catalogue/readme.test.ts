import { expect, test } from 'vitest'
import { guaranteesOf, hintsOf, openQuestionOf, plain, sectionOf } from './readme.ts'
import { readExercises } from './exercise.ts'
import { readPristine } from './pristine.ts'

const page = `# 03 Cart

## Done when

- each *gift* is in the order \`once\`;
- nothing is lost,
  whatever crashes.

## Hints

<details><summary>Where to look</summary>

A copy finds
something.

</details>
<details><summary>A sketch</summary>

Look first.

</details>

## What comes next

In [04](../04/README.md) a copy is **late**. What then?

More of it.
`

test('the parts of a page are found, in plain words', () => {
  expect(guaranteesOf(page)).toEqual([
    'Each gift is in the order once.',
    'Nothing is lost, whatever crashes.',
  ])
  expect(hintsOf(page)).toEqual([
    { title: 'Where to look', text: 'A copy finds\nsomething.' },
    { title: 'A sketch', text: 'Look first.' },
  ])
  expect(openQuestionOf(page)).toBe('In 04 a copy is late. What then?')
  expect(sectionOf(page, 'Nowhere')).toBe('')
})

test('a name with an underscore keeps it', () => {
  expect(plain('`LOST_UPDATE` and _this_')).toBe('LOST_UPDATE and this')
})

test('each exercise has three hints, something that holds, and something open', async () => {
  for (const { folder, start } of await readExercises(await readPristine({ worktree: false }))) {
    const readme = start.get('README.md') ?? ''
    expect(hintsOf(readme), folder).toHaveLength(3)
    expect(guaranteesOf(readme).length, folder).toBeGreaterThan(0)
    expect(openQuestionOf(readme), folder).not.toBe('')
  }
})
