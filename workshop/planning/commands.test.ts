import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type Command, SetupProblem } from '../command.ts'
import { command as plan } from '../commands/plan.ts'
import { command as rehearse } from '../commands/rehearse.ts'
import { command as report } from '../commands/report.ts'
import { command as route } from '../commands/route.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a command prints to stdout, and its exit code. */
async function ran(command: Command, ...args: readonly string[]) {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    printed.push(...text.split('\n'))
  })
  const code = await command.run(args)
  return { code, printed }
}

const objects = (lines: readonly string[]): readonly unknown[] =>
  lines.map((line) => JSON.parse(line))

test('route lists all routes, and says what is left of one, by as much of its name as it takes', async () => {
  const all = await ran(route)
  expect(all.code).toBe(0)
  for (const name of ['one-day', 'two-days', 'patterns', 'everything']) {
    expect(all.printed.filter((line) => line.startsWith(name))).toHaveLength(1)
  }
  const one = await ran(route, 'one')
  expect(one.printed.at(-1)).toMatch(/^\d+ of 10 done {2}· {2}/)
})

test('a plan that does not fit is an answer: exit code 0, and the last line says so', async () => {
  const { code, printed } = await ran(plan, '--minutes', '90')
  expect(code).toBe(0)
  expect(printed.at(-1)).toMatch(/^OVER by /)
  for (const line of printed) expect(line.length, line).toBeLessThanOrEqual(80)
})

test('a route of which nothing is written can be planned, and not rehearsed', async () => {
  const { code, printed } = await ran(plan, '--route', 'patterns')
  expect(code).toBe(0)
  expect(printed.at(-1)).toMatch(/^NOTHING TO PLAN/)
  await expect(rehearse.run(['--route', 'patterns'])).rejects.toThrow(SetupProblem)
  await expect(route.run(['one', 'two'])).rejects.toThrow(SetupProblem)
})

test('with --json nothing but objects is printed', async () => {
  expect(objects((await ran(route, '--json')).printed)).toHaveLength(4)
  expect(objects((await ran(plan, '--json')).printed).at(-1)).toMatchObject({ kind: 'plan' })
})

test('report writes where it is told to, and says where', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workshop-report-'))
  try {
    const out = join(folder, 'mine.md')
    const { code, printed } = await ran(report, '--out', out)
    expect(code).toBe(0)
    expect(printed.join('')).toMatch(/^WRITTEN {2}/)
    expect(await readFile(out, 'utf8')).toMatch(/^# What I learned\n/)
    const json = objects((await ran(report, '--out', out, '--json')).printed)
    expect(json.at(-1)).toMatchObject({ kind: 'report', path: out, kept: null })
    await expect(report.run(['--out', ''])).rejects.toThrow(SetupProblem)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
