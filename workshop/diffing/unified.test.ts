import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../tool.ts'
import { unified } from './unified.ts'
import { hunksOf } from './hunks.ts'

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`)
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

const a = textOf([...numbers(1, 12), 'old', ...numbers(13, 14), 'gone', ...numbers(15, 30)])
const b = textOf(['first', ...numbers(1, 12), 'new', ...numbers(13, 30)])

test('a unified diff shows what differs between three lines of context', () => {
  const lines = unified(a, b, { from: 'yours', to: 'the solution' })
  expect(lines.slice(0, 7)).toEqual([
    '--- yours',
    '+++ the solution',
    '@@ -1,3 +1,4 @@',
    '+first',
    ' line 1',
    ' line 2',
    ' line 3',
  ])
  expect(lines.slice(7)).toEqual([
    '@@ -10,10 +11,9 @@',
    ' line 10',
    ' line 11',
    ' line 12',
    '-old',
    '+new',
    ' line 13',
    ' line 14',
    '-gone',
    ' line 15',
    ' line 16',
    ' line 17',
  ])
})

test('git applies it, where there is git', async (context) => {
  if (!(await run('git', ['--version']).catch(() => ({ ok: false }))).ok) context.skip()
  const folder = await mkdtemp(join(tmpdir(), 'workshop-unified-'))
  try {
    const file = join(folder, 'file.ts')
    for (const [from, to] of [
      [a, b],
      [b, a],
      ['', b],
      ['one\n', 'two\n'],
    ] as const) {
      await writeFile(file, from)
      const patch = textOf(unified(from, to, { from: 'a/file.ts', to: 'b/file.ts' }))
      await writeFile(join(folder, 'change.patch'), patch)
      const at = ['-C', folder, 'apply', '--unsafe-paths', `--directory=${folder}`]
      const { output } = await run('git', [...at, join(folder, 'change.patch')])
      expect(output).toBe('')
      expect(await readFile(file, 'utf8')).toBe(to)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('texts that do not differ have no diff', () => {
  expect(unified(a, a, { from: 'yours', to: 'the solution' })).toEqual([])
})

test('no line is wider than the columns, and nothing of it is lost', () => {
  const long = `  const answer = await ${'store.load(body.orderId, '.repeat(6)}emptyOrder)`
  const lines = unified('const a = 1\n', `const a = 1\n${long}\n`, {
    from: 'yours',
    to: 'the solution',
    columns: 60,
  })
  expect(lines.every((line) => line.length <= 60)).toBe(true)
  const added = lines.filter((line) => line.startsWith('+ '))
  expect(added.length).toBeGreaterThan(1)
  const words = (text: string): string => text.replaceAll(/[+\s]/g, '')
  expect(words(added.join(''))).toBe(words(long))
})

test('of several hunks those are shown that are asked for', () => {
  const [, second] = hunksOf(a, b)
  const lines = unified(a, b, { from: 'yours', to: 'the solution', hunks: second ? [second] : [] })
  expect(lines.filter((line) => /^[-+][a-z]/.test(line))).toEqual(['-old', '+new'])
})
