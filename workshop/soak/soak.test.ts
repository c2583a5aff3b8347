// A few seconds of it, on the embedded broker. RabbitMQ is for `pnpm soak`: it takes as long to
// start.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { Scratch, variantsOf } from '../checking/scratch.ts'
import { root } from '../root.ts'
import type { SoakResult } from './result.ts'
import { sceneOf } from './scene.ts'
import { soak } from './soak.ts'

async function soaked(number: string, answer: string): Promise<SoakResult> {
  const pristine = await readPristine({ worktree: true })
  const [exercise] = await readExercises(pristine, [number])
  const variant = exercise && variantsOf(exercise).find(({ name }) => name === answer)
  if (!exercise || !variant) throw new Error(`expected ${answer} of ${number}, got none`)
  await using scratch = await Scratch.make()
  await scratch.layOut(exercise, variant)
  return await soak({
    exercise: exercise.folder,
    answer,
    code: scratch.path(exercise, variant),
    broker: 'sqlite',
    seconds: 4,
    seed: 'test',
    print: () => undefined,
    signal: new AbortController().signal,
  })
}

const brief = {
  exercise: '13-outbox',
  answer: 'mine',
  broker: 'sqlite',
  seconds: 1,
  seed: 'test',
  print: () => undefined,
  signal: new AbortController().signal,
} as const

/** A folder with this code. Gone when the tests are over. */
async function codeWith(text: string): Promise<string> {
  const parent = join(root, '.workshop', 'scratch')
  await mkdir(parent, { recursive: true })
  const code = await mkdtemp(join(parent, 'soak-'))
  folders.push(code)
  await writeFile(join(code, 'orders.ts'), text)
  return code
}

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

// Side by side: most of it is waiting.
describe.concurrent('a soak', () => {
  test('a few seconds of kills, crashes and pauses leave nothing behind in 13', async () => {
    const result = await soaked('13', 'solution')
    expect(result).toMatchObject({ reasons: [], ok: true, lost: 0, duplicated: 0, ghosts: 0 })
    expect(result).toMatchObject({ differing: 0, leftovers: 0, kills: 1, pauses: 1 })
    expect(result.messages).toBeGreaterThan(50)
  })

  test('the same in 14, through two endpoints', async () => {
    const result = await soaked('14', 'solution')
    expect(result).toMatchObject({ reasons: [], ok: true })
    expect(result.messages).toBeGreaterThan(50)
  })

  test('a wrong answer is caught, and drawn', async () => {
    const result = await soaked('13', 'outbox-in-a-second-save')
    expect(result.ok).toBe(false)
    expect(result.duplicated + result.lost).toBeGreaterThan(0)
    expect(result.picture).toMatch(
      /^\.workshop\/soak\/13-outbox-outbox-in-a-second-save-sqlite-test/,
    )
  })

  test('code that cannot be loaded ends it at once, with a sentence', async () => {
    const code = await codeWith('export const addItem = 1')
    await expect(soak({ ...brief, code })).rejects.toThrow(
      'expected orders.ts to export a handler, got none',
    )
  })

  test('code that ends its process again and again ends it with a sentence', async () => {
    const code = await codeWith(`
      import { handler } from '@workshop/shared/pipeline'
      import { AddItem } from '@workshop/shared/shop'
      export const addItem = handler(AddItem, async () => process.exit(3))
    `)
    await expect(soak({ ...brief, code })).rejects.toThrow(
      'expected processes that stay, started 22',
    )
  })

  test('who ends it early is left with nothing that goes on', async () => {
    const interrupted = new AbortController()
    const reason = new Error('enough')
    const code = join(root, 'exercises', '13-outbox')
    const print = (): void => interrupted.abort(reason)
    await expect(
      soak({ ...brief, code, print, seconds: 60, signal: interrupted.signal }),
    ).rejects.toBe(reason)
  })
})

test('an exercise that has no scene is answered with those that have one', () =>
  expect(sceneOf('03-idempotent-business-logic')).rejects.toThrow(
    'expected one of 12-even-more-chaos, 13-outbox, 14-generic-outbox, got "03-idempotent-business-logic"',
  ))
