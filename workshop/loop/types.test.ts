import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, afterAll, expect, test } from 'vitest'
import type { API } from 'typescript/unstable/async'
import { root } from '../root.ts'
import { runTool } from '../tool.ts'
import { Compiler } from './types.ts'

const never = new AbortController().signal
const parent = join(root, '.workshop', 'scratch')
let folder: string
let compiler: Compiler

beforeAll(async () => {
  await mkdir(parent, { recursive: true })
  folder = await mkdtemp(join(parent, 'types of ä '))
  compiler = new Compiler({ cache: join(folder, 'cache') })
})

afterAll(async () => {
  await compiler[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const save = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text)
const problems = () => compiler.problemsIn(folder, never)

test('a problem is named with its file, its line, its code and what it says', async () => {
  await save('cart.ts', '\nexport const names = "äöü 😀"; export const items: string[] = [1]\n')
  expect(await problems()).toMatchObject([
    { line: 2, code: 'TS2322', message: "Type 'number' is not assignable to type 'string'." },
  ])
  await save('cart.ts', '\nexport const items: string[] = []\n')
  expect(await problems()).toEqual([])
})

test('a file that is new, or gone, is noticed; given up, nothing is told', async () => {
  await save('cart.ts', 'export const items: string[] = []\n')
  expect(await problems()).toEqual([])
  await save('more.ts', 'export const more: string = 1\n')
  expect(await problems()).toMatchObject([{ line: 1, code: 'TS2322' }])
  expect(await compiler.problemsIn(folder, AbortSignal.abort())).toBeUndefined()
  await rm(join(folder, 'more.ts'))
  expect(await problems()).toEqual([])
})

test.each([
  ['a syntax error', 'export const a = (\nexport const b: string = 1\n'],
  [
    'a reason on lines below',
    'export const f: (a: { b: { c: string } }) => void = (a: { b: { c: 1 } }) => a\n',
  ],
  ['an unused expectation', '// @ts-expect-error\nexport const a: string = ""\n'],
  ['a module that is not there', 'import { a } from "./nowhere.ts"\nexport const b = a\n'],
  ['a redeclaration', 'export const a = 1\nexport const a = 2\n'],
  ['what types cannot be erased from', 'export enum A { B }\n'],
])('%s is told as the compiler of the command line tells it', async (_name, text) => {
  await save('cart.ts', text)
  const config = join(folder, 'tsconfig.json')
  await writeFile(
    config,
    JSON.stringify({ extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [] }),
  )
  const { output } = await runTool('typescript', ['-p', config, '--pretty', 'false'], 'tsc')
  const told = (await problems()) ?? []
  const lines = told.map(({ line, code, message }) => `cart.ts(${line}): error ${code}: ${message}`)
  const expected = output.replaceAll(/^\S.*?cart\.ts\((\d+),\d+\)/gm, 'cart.ts($1)').trim()
  expect(lines.join('\n')).toBe(expected)
  expect(told.length).toBeGreaterThan(0)
})

const fake = (updateSnapshot: () => Promise<unknown>, close = () => Promise.resolve()): API =>
  ({ updateSnapshot, close, parseConfigFile: async () => ({ fileNames: [] }) }) as unknown as API

test('a compiler that has died is a fault of the machine, and the next save has another', async () => {
  const closed: string[] = []
  const none = () => Promise.resolve([])
  const program = { getSyntacticDiagnostics: none, getProgramDiagnostics: none }
  const snapshot = { getProject: () => ({ rootFiles: [], program }), dispose: none }
  const compilers = [
    fake(
      () => new Promise(() => undefined),
      async () => void closed.push('the silent one'),
    ),
    fake(() => Promise.reject(new Error('broken pipe'))),
    fake(() => Promise.resolve(snapshot)),
  ]
  await using one = new Compiler({
    cache: join(folder, 'cache'),
    silenceMs: 10,
    open: () => compilers.shift() as API,
  })
  const answer = () => one.problemsIn(folder, never)
  await expect(answer()).rejects.toThrow('expected the compiler to answer within 0.01 s')
  expect(closed).toEqual(['the silent one'])
  await expect(answer()).rejects.toThrow('expected the compiler to answer, got Error: broken pipe')
  expect(await answer()).toEqual([])
})
