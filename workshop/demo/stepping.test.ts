import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readOneExercise } from '../catalogue/exercise.ts'
import { filesBelow, readPristine } from '../catalogue/pristine.ts'
import { SetupProblem } from '../command.ts'
import { gitIn } from '../git/git.ts'
import { root } from '../root.ts'
import { StepFolder } from './step-folder.ts'
import { type StepEvent, stepLines } from './step-screens.ts'
import { stepThrough } from './stepping.ts'

const exercise = await readOneExercise(await readPristine({ worktree: true }), ['13'])
const parent = join(root, '.workshop', 'scratch')
await mkdir(parent, { recursive: true })
const base = await mkdtemp(join(parent, 'steps-'))

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(base, { recursive: true, force: true, maxRetries: 5 })
})

const hasGit = await gitIn(root)
  .run(['--version'])
  .then(({ ok }) => ok)
  .catch(() => false)

/** A demonstration in a folder of its own; `once` is a call of the command. */
async function demonstration(name: string) {
  const folder = new StepFolder(exercise, join(base, name))
  const events: StepEvent[] = []
  const tell = (event: StepEvent): number => events.push(event)
  const once = (resets = false): Promise<unknown> => stepThrough({ folder, resets, tell })
  return { folder, events, tell, once, file: (path: string) => join(folder.path, path) }
}

const typed = async function* (...lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

test('each call makes the next change, until the solution is there', async () => {
  const { folder, events, once, file } = await demonstration('calls')
  for (let call = 0; call < folder.steps.length + 2; call += 1) await once()
  expect(events.map(({ type }) => type)).toEqual([
    'begun',
    ...folder.steps.map(() => 'step'),
    'ended',
  ])
  for (const [path, text] of exercise.solution) {
    expect(await readFile(file(path), 'utf8')).toBe(text)
  }
})

test('each press of Enter makes the next change, and q ends it', async () => {
  const { folder, events, tell } = await demonstration('enter')
  await stepThrough({ folder, resets: false, tell, lines: typed('', '', 'q', '') })
  expect(events.map(({ type }) => type)).toEqual(['begun', 'step', 'step'])
  expect(await folder.made()).toBe(2)
})

test('it goes on where it was, and --reset begins again', async () => {
  const { folder, events, once, file } = await demonstration('reset')
  for (let call = 0; call < 3; call += 1) await once()
  expect(await new StepFolder(exercise, join(base, 'reset')).made()).toBe(2)
  await once(true)
  expect(await folder.made()).toBe(0)
  expect(events.at(-1)).toMatchObject({ type: 'begun', kept: undefined })
  expect(await readFile(file('orders.ts'), 'utf8')).toBe(exercise.start.get('orders.ts'))
})

test.runIf(hasGit)('git in the folder shows each step as a change that is not staged', async () => {
  const { folder, once } = await demonstration('git')
  const git = gitIn(folder.path)
  await once()
  expect(await git.ask('status', '--porcelain')).toBe('')
  await once()
  expect((await git.run(['status', '--porcelain'])).out.toString()).toBe(' M orders.ts\n')
  await once(true)
  expect(await git.ask('status', '--porcelain')).toBe('')
})

test.runIf(hasGit)('the repository around it, and every exercise, stay as they are', async () => {
  const git = gitIn(root)
  const mine = ['exercises', 'solutions']
  const look = async (): Promise<unknown> => [
    await git.ask('status', '--porcelain', '--', ...mine),
    await git.ask('diff', '--cached', '--name-only', '--', '.workshop', ...mine),
    await git.ask('status', '--porcelain', '--', '.workshop'),
    await filesBelow(root, 'exercises'),
  ]
  const before = await look()
  const { once } = await demonstration('around')
  await once()
  await once()
  expect(await look()).toEqual(before)
})

test('without git it goes on all the same', async () => {
  vi.stubEnv('PATH', join(base, 'nothing-here'))
  const { folder, once } = await demonstration('no-git')
  await once()
  await once()
  vi.unstubAllEnvs()
  expect(existsSync(join(folder.path, '.git'))).toBe(false)
  expect(await folder.made()).toBe(1)
})

test('what somebody writes there is never overwritten, and --reset keeps it', async () => {
  const { folder, events, once, file } = await demonstration('edited')
  await once()
  await once()
  await writeFile(file('orders.ts'), 'mine\n')
  await writeFile(file('notes.md'), 'also mine\n')
  await expect(once()).rejects.toThrow(SetupProblem)
  expect(await readFile(file('orders.ts'), 'utf8')).toBe('mine\n')
  await once(true)
  const begun = events.at(-1)
  const kept = begun?.type === 'begun' ? (begun.kept ?? '') : ''
  expect(await readFile(join(kept, 'orders.ts'), 'utf8')).toBe('mine\n')
  expect(await folder.made()).toBe(0)
  // Nothing is ever written over it: it stays where it is.
  expect(await readFile(file('notes.md'), 'utf8')).toBe('also mine\n')
})

test('a file that a later step would make, and somebody made already, stays', async () => {
  const shorter = new Map([...exercise.start].filter(([path]) => path !== 'orders.ts'))
  const folder = new StepFolder({ ...exercise, start: shorter }, join(base, 'made'))
  const call = (): Promise<unknown> => stepThrough({ folder, resets: false, tell: () => undefined })
  await call()
  await writeFile(join(folder.path, 'orders.ts'), 'mine\n')
  await expect(call()).rejects.toThrow('somebody has changed it')
  expect(await readFile(join(folder.path, 'orders.ts'), 'utf8')).toBe('mine\n')
})

test('what an editor leaves in the folder does not get in the way', async () => {
  const { folder, once, file } = await demonstration('editor')
  await once()
  await mkdir(file('.vscode'))
  await writeFile(file(join('.vscode', 'settings.json')), '{}')
  await writeFile(file('orders.ts~'), 'a backup')
  await once()
  expect(await folder.made()).toBe(1)
})

test('an editor that changes line ends has changed nothing', async () => {
  const { folder, once, file } = await demonstration('crlf')
  await once()
  await once()
  const text = await readFile(file('orders.ts'), 'utf8')
  await writeFile(file('orders.ts'), text.replaceAll('\n', '\r\n'))
  expect(await folder.made()).toBe(1)
})

test('what the code imports is found from there', async () => {
  const { once, file } = await demonstration('imports')
  await once()
  const found = createRequire(file('orders.ts')).resolve('@workshop/shared/pipeline')
  expect(found).toBe(join(root, 'shared', 'src', 'pipeline', 'index.ts'))
})

test('a step says which file and line it is in, shows the change, and how many are left', async () => {
  const { events, once, folder } = await demonstration('told')
  await once()
  await once()
  const [, step] = events
  if (!step) throw new Error('expected a step, got none')
  const left = folder.steps.length - 1
  for (const columns of [60, 80]) {
    const lines = stepLines(step, { form: 'plain', columns })
    expect(lines[0]).toBe(`Step 1 of ${left + 1}`)
    expect(lines[1]).toMatch(/^\.workshop\/.+13-outbox\/orders\.ts:13$/)
    expect(lines).toContain("+import type { Outgoing } from '@workshop/shared/message'")
    expect(lines).toContain(`${left} steps left.`)
    // A path is copied whole; all else keeps to the columns.
    for (const line of lines.toSpliced(1, 1)) expect(line.length).toBeLessThanOrEqual(columns)
  }
  const [json = ''] = stepLines(step, { form: 'json', columns: 80 })
  expect(JSON.parse(json)).toMatchObject({ type: 'step', number: 1, left, line: 13 })
  expect(stepLines(step, { form: 'json', columns: 80 })).toHaveLength(1)
})
