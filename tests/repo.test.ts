// House style, as far as a machine can hold it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workshop/root.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const sources = ['shared/src', 'workshop', 'tests', 'bench', 'solutions']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
  .toSorted()

const isTest = (path: string): boolean => path.endsWith('.test.ts')
const isIndex = (path: string): boolean => path.endsWith('/index.ts')

/** The modules of the core, each of which may import only those before it. */
const modules = [
  'world',
  'simulation',
  'message',
  'sqlite',
  'shop',
  'store',
  'broker',
  'pipeline',
  'http',
  'inbox',
  'outbox',
  'operations',
  'chaos',
  'check',
  'diagram',
  'explore',
]

test('no file has more than 300 lines, and no line more than 100 columns', () => {
  const problems = sources
    .filter((one) => !one.includes('/wrong/'))
    .flatMap((path) => {
      const lines = read(path).trimEnd().split('\n')
      // A sentence that is quoted may stick out: the formatter does not break it, nor should we.
      const long = lines.filter((line) => line.length > 100 && !/['`]/.test(line))
      return [
        ...(lines.length > 300 ? [`${path}: ${lines.length} lines`] : []),
        ...long.map((line) => `${path}: ${line}`),
      ]
    })
  expect(problems).toEqual([])
})

test('every file of the core and of the runner begins with what it promises', () => {
  const own = sources.filter((path) => /^(shared|workshop)/.test(path))
  for (const path of own.filter((one) => !isTest(one) && !isIndex(one))) {
    expect(read(path), path).toMatch(/^\/\/ [A-Z`.]/)
  }
})

test('file names are in kebab-case', () => {
  for (const path of sources) {
    expect(path.split('/').at(-1), path).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/)
  }
})

test('modules import in one direction, and enter one another through the index', () => {
  const core = sources.filter((path) => path.startsWith('shared/src/') && !isTest(path))
  for (const path of core) {
    if (/fixture\.ts$|\.types\.ts$/.test(path)) continue
    const here = path.split('/')[2] ?? ''
    const depth = path.split('/').length - 3
    const up = depth === 1 ? '\\.\\./' : '\\.\\./'.repeat(depth)
    for (const [, target = '', rest = ''] of read(path).matchAll(
      new RegExp(`from '${up}([a-z]+)/([^']+)'`, 'g'),
    )) {
      expect(modules.indexOf(target), `${path} imports ${target}`).toBeLessThan(
        modules.indexOf(here),
      )
      expect(rest, `${path} enters ${target}`).toBe('index.ts')
    }
  }
})

test('the exports of the core are its modules, each with one index', () => {
  const { exports }: { exports: Record<string, string> } = JSON.parse(read('shared/package.json'))
  const folders = readdirSync(join(root, 'shared/src')).toSorted()
  expect(Object.keys(exports).toSorted()).toEqual(folders.map((folder) => `./${folder}`))
  expect(folders).toEqual(modules.toSorted())
  for (const path of sources.filter((one) => one.startsWith('shared/') && isIndex(one))) {
    expect(path.split('/'), 'no barrel but the index of a module').toHaveLength(4)
    expect(read(path), path).not.toContain('export *')
  }
})

test('every obligation of a contract has a case of its number', () => {
  for (const [contract, letter] of [
    ['broker/broker.ts', 'B'],
    ['store/store.ts', 'S'],
  ] as const) {
    const folder = contract.split('/')[0] ?? ''
    const promised = new Set(
      read(`shared/src/${contract}`).match(new RegExp(`\\b${letter}\\d+(?=\\.)`, 'g')),
    )
    const cases = sources
      .filter(
        (path) =>
          path.startsWith(`shared/src/${folder}/contract/`) ||
          path.endsWith(`${folder}.contract.ts`),
      )
      .map(read)
      .join('\n')
    expect(promised.size, contract).toBeGreaterThan(10)
    for (const id of promised)
      expect(cases, `a case for ${id}`).toMatch(new RegExp(`'${id}[a-z]?'`))
  }
})

test('ARCHITECTURE.md has at most 80 lines, README.md at most 120', () => {
  expect(read('ARCHITECTURE.md').trimEnd().split('\n').length).toBeLessThanOrEqual(80)
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120)
})

test('the words "simply" and "just" stand in no page for readers', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'].concat(
    ['exercises', 'solutions'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => `${folder}/${file}`),
    ),
  )
  for (const page of pages) expect(read(page), page).not.toMatch(/\b(simply|just)\b/i)
})
