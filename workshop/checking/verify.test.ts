import { expect, test } from 'vitest'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { verify } from './verify.ts'

async function exercise03(): Promise<Exercise> {
  const [exercise] = await readExercises(
    await readPristine({ worktree: process.env['CI'] === 'true' }),
    ['03'],
  )
  return exercise!
}

/** Exercise 03 with everything wrong with it that can be wrong. */
function broken(exercise: Exercise): Exercise {
  const solved = exercise.solution.get('orders.ts')!
  const start = exercise.start.get('orders.ts')!
  const file = 'orders.ts'
  const wrongType = solved.replace('body.item)', 'body.price)')
  const hinted = exercise.start
    .get('README.md')!
    .replace(
      'What the first copy did',
      wrongType.split('\n').find((line) => line.includes('if ('))!,
    )
    .replace('## Done when', '## Finished when')
    .replace('npx -y pnpm@12 start', 'npx -y pnpm@12 dance')
    .replace('[porsche, porsche]', '[sledge]')
  return {
    ...exercise,
    front: { ...exercise.front, red: [{ code: 'LOST_MESSAGE', test: 'no such test' }] },
    start: new Map([...exercise.start, ['README.md', hinted], ['notes.txt', 'stray']]),
    solution: new Map([['orders.ts', wrongType]]),
    wrong: [
      { name: 'is-right', file, believed: '', code: 'LOST_MESSAGE', text: solved },
      { name: 'other-code', file, believed: '', code: 'GHOST_MESSAGE', text: start },
      {
        name: 'no-handler',
        file: 'other.ts',
        believed: '',
        code: 'LOST_MESSAGE',
        text: 'export const addItem = 1',
      },
    ],
    right: [{ name: 'is-wrong', file, text: start }],
  }
}

test('every way in which an exercise can be wrong is found and named', async () => {
  const exercise = broken(await exercise03())
  const [result] = await verify([exercise], [exercise])
  const problems = (check: { readonly problems: readonly string[] }) => check.problems.join('\n')
  expect(result!.ok).toBe(false)
  expect(problems(result!.start)).toContain('expected green, got DUPLICATE_EFFECT')
  expect(problems(result!.start)).toContain('expected LOST_MESSAGE, got green, or no such test')
  expect(problems(result!.start)).toContain('expected a line of the picture that a test prints')
  expect(problems(result!.solution)).toContain("'price' does not exist")
  expect(problems(result!.real)).toContain('expected green, got')
  const [isRight, otherCode, noHandler] = result!.wrong
  expect(problems(isRight!)).toBe('expected LOST_MESSAGE, got green')
  expect(problems(otherCode!)).toBe('expected GHOST_MESSAGE, got DUPLICATE_EFFECT')
  expect(problems(noHandler!)).toContain('error TS')
  expect(problems(result!.right[0]!)).toContain('expected green, got "DUPLICATE_EFFECT')
  const shape = problems(result!.shape)
  expect(shape).toContain('expected a section "## Done when"')
  expect(shape).toContain('expected hints without the answer')
  expect(shape).toContain('whole, got "npx -y pnpm@12 dance 03"')
  expect(shape).toContain('expected no stray files in the exercise, got notes.txt')
  expect(shape).toContain('expected 5 wrong answers, got 3')
  expect(shape).toContain('no-handler: expected an answer for a file to edit, got other.ts')
})
