import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../root.ts'
import { type Ran, Resident } from './resident.ts'

const loaded: { folder?: string; resident?: Resident } = {}

const folder = (): string => {
  if (loaded.folder === undefined) throw new Error('expected a folder, got none')
  return loaded.folder
}

/** Saves these files, and runs what is there then. */
async function save(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder(), file), text)
  const ran = await loaded.resident?.run(folder())
  if (!ran) throw new Error('expected a run, got none')
  return ran
}

const codes = ({ outcomes }: Awaited<ReturnType<typeof save>>) =>
  outcomes.map(({ name, ok, code }) => (ok ? name : `${name}: ${code}`))

const cart = 'export const items = (): readonly string[] => ["porsche"]\n'
const cartTest = `
import { expect, test } from 'vitest'
import { items } from './cart.ts'
test('one porsche', () => expect(items()).toEqual(['porsche']))
test('a list', () => expect(Array.isArray(items())).toBe(true))
`

beforeAll(async () => {
  const parent = join(root, '.workshop', 'scratch')
  await mkdir(parent, { recursive: true })
  loaded.folder = await mkdtemp(join(parent, 'resident-'))
  loaded.resident = await Resident.start({ silenceMs: 2_000, lanes: 2 })
})

afterAll(async () => {
  await loaded.resident?.[Symbol.asyncDispose]()
  if (loaded.folder) await rm(loaded.folder, { recursive: true, force: true, maxRetries: 5 })
})

test('each run sees the files as they are now: changed, new, gone', async () => {
  expect(codes(await save({ 'cart.ts': cart, 'cart.test.ts': cartTest }))).toEqual([
    'one porsche',
    'a list',
  ])
  expect(codes(await save({ 'cart.ts': cart.replace('porsche', 'sledge') }))).toEqual([
    'one porsche: AssertionError',
    'a list',
  ])
  const more = `import { test } from 'vitest'\ntest('more', () => {})\n`
  expect(codes(await save({ 'cart.ts': cart, 'more.test.ts': more }))).toHaveLength(3)
  await rm(join(folder(), 'more.test.ts'))
  expect(codes(await save({}))).toEqual(['one porsche', 'a list'])
})

test('a file that cannot be read as code is red, and green again once it can', async () => {
  const [broken] = (await save({ 'cart.ts': 'export const items = (' })).outcomes
  expect(broken).toMatchObject({ name: 'cart.test.ts', ok: false })
  expect(codes(await save({ 'cart.ts': cart }))).toEqual(['one porsche', 'a list'])
})

test('a loop that never ends says TIMEOUT, and the next save is run as ever', async () => {
  const looping = 'export const items = (): readonly string[] => { for (;;) {} }\n'
  const ran = await save({ 'cart.ts': looping })
  expect(codes(ran)).toEqual(['one porsche: TIMEOUT', 'a list: WAITS'])
  expect(ran.outcomes[0]?.message).toContain('expected an end within 2 s, got none')
  expect(codes(await save({ 'cart.ts': cart }))).toEqual(['one porsche', 'a list'])
})

test('a loop outside of all tests says TIMEOUT too', async () => {
  expect(codes(await save({ 'cart.ts': `${cart}for (;;) {}\n` }))).toEqual(['the file: TIMEOUT'])
  expect(codes(await save({ 'cart.ts': cart }))).toEqual(['one porsche', 'a list'])
})

test('what the code prints is heard, a bounded part of it, and only that of this run', async () => {
  const chatty = cart.replace(
    '=>',
    '=> { for (let i = 0; i < 20; i++) console.log("line", i); return',
  )
  const ran = await save({ 'cart.ts': `${chatty.trimEnd()} }\n` })
  expect(ran.printed.slice(0, 2)).toEqual(['line 0', 'line 1'])
  expect([ran.printed.length, ran.notShown]).toEqual([12, 28])
  expect((await save({ 'cart.ts': cart })).printed).toEqual([])
})

test('what is kept outside of the files does not outlast a run that found it', async () => {
  const failing = `
import { test } from 'vitest'
const kept = globalThis as { seen?: number }
test('remembers', () => {
  kept.seen = (kept.seen ?? 0) + 1
  throw Object.assign(new Error('seen ' + kept.seen), { code: 'HIDDEN_STATE' })
})
`
  await save({ 'cart.ts': cart, 'kept.test.ts': failing })
  const { outcomes } = await save({})
  await rm(join(folder(), 'kept.test.ts'))
  expect(outcomes.find(({ name }) => name === 'remembers')?.message).toBe('seen 1')
})

test('tests that take long are run in two threads from the second run on, each of them once', async () => {
  const busyTest = `
import { threadId } from 'node:worker_threads'
import { expect, test } from 'vitest'
const busy = () => { for (const until = performance.now() + 150; performance.now() < until; ); }
test('first', () => { busy(); console.log('first in', threadId) })
test('second', () => { busy(); console.log('second in', threadId) })
test('third', () => { console.log('third in', threadId); expect(1).toBe(2) })
`
  const runs = [await save({ 'cart.test.ts': busyTest }), await save({}), await save({})]
  const threadsOf = ({ printed }: Ran) => new Set(printed.map((line) => line.split(' in ')[1]))
  for (const run of runs) {
    expect(codes(run)).toEqual(['first', 'second', 'third: AssertionError'])
    expect(run.printed).toHaveLength(3)
    for (const name of ['first', 'second', 'third']) {
      expect(run.printed.join('\n')).toContain(`${name} in `)
    }
  }
  expect(runs.map((run) => threadsOf(run).size)).toEqual([1, 2, 2])
  expect(codes(await save({ 'cart.test.ts': cartTest }))).toEqual(['one porsche', 'a list'])
})
