import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { codeOf } from '../checking/code-of.ts'
import { scriptOf } from './demonstrate.ts'
import { demonstrateSystems } from './systems.ts'

const shown = async (whose: { readonly start: boolean; readonly solution: boolean }) => {
  const exercise = await readOneExercise(await readPristine({ worktree: true }), ['25'])
  const script = await scriptOf(exercise)
  if (!('systems' in script)) throw new Error('expected two systems, got one')
  const directory = await mkdtemp(join(tmpdir(), 'workshop-systems-'))
  const told: string[] = []
  try {
    await using code = await codeOf(exercise, whose)
    const ending = await demonstrateSystems({
      script: script.systems,
      code: code.folder,
      item: 'porsche',
      broker: { kind: 'sqlite', directory },
      directory,
      tell: (who, what) => told.push(`${who} ${what.replaceAll(/ +/g, ' ')}`),
    })
    return { ending, told }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

test('two systems that are killed in the middle pay once, and end empty', async () => {
  const { ending, told } = await shown({ start: false, solution: true })
  expect(ending).toMatchObject({
    ok: true,
    sentence: '4 kills: one porsche, paid once, nothing left on either side',
  })
  expect(told.filter((line) => line.includes('is killed'))).toHaveLength(4)
  const copies = told.filter((line) => line.startsWith('a proxy'))
  expect(copies.filter((line) => /(PUT|POST).*: 410$/.test(line)).length).toBeGreaterThan(2)
})

test('with ids of the client a copy of what was done pays again', async () => {
  const { ending } = await shown({ start: true, solution: false })
  expect(ending.ok).toBe(false)
})
