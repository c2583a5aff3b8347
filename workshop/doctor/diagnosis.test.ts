import { expect, test } from 'vitest'
import { diagnose, rowsOf } from './diagnosis.ts'
import type { Facts } from './facts.ts'
import { diagnosisLines } from './lines.ts'
import type { Played } from './mini-exercise.ts'

const gib = 1024 ** 3

const healthy: Facts = {
  platform: 'linux',
  arch: 'x64',
  node: { version: '24.21.0', isCarried: true, wanted: '24.21.0' },
  pnpm: { from: 'this run', version: '12.21.0' },
  hasNpx: true,
  git: '2.47.3',
  folder: {
    path: '/home/zoë/my work/exactly-once',
    freeBytes: 50 * gib,
    hasFileEvents: true,
    endings: 'LF',
    writable: [
      { name: '.workshop', problem: undefined },
      { name: 'exercises', problem: undefined },
    ],
  },
  sqlite: '3.54.1',
  typescript: { version: '7.0.2', wanted: '7.0.2' },
  terminal: { columns: 100, colourBits: 8 },
  loopbackProblem: undefined,
  editor: { command: 'code', from: 'the PATH', isFound: true },
  hasRabbitmq: false,
  processors: 8,
  memoryBytes: 16 * gib,
}

const outcome = { file: 'a.test.ts', name: 'once', ms: 1, explored: [], leftOut: [] }
const green = { ...outcome, ok: true, code: undefined, message: undefined }
const red = { ...outcome, ok: false, code: 'DUPLICATE_EFFECT', message: 'twice' }
const played: Played = {
  expected: [{ test: 'once', code: 'DUPLICATE_EFFECT' }],
  start: [red],
  solution: [green],
}

const folder = (change: Partial<Facts['folder']>): Partial<Facts> => ({
  folder: { ...healthy.folder, ...change },
})

test('a healthy machine has nothing to mend, and nothing that is absent is fine', () => {
  const { rows, isReady, code } = diagnose(healthy, played)
  expect(isReady).toBe(true)
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}$/)
  expect(rows.filter(({ fix }) => fix !== undefined)).toEqual([])
  expect(rows.filter(({ ok }) => ok !== true).map(({ name, value }) => `${name} ${value}`)).toEqual(
    ['RabbitMQ does not answer on port 5672; not needed'],
  )
})

/** The row, how bad it is, a change that makes it so, what is seen, and how it is mended. */
const cases: readonly (readonly [string, false | 'warning', Partial<Facts>, string, string])[] = [
  [
    'Node',
    false,
    { node: { version: '20.19.0', isCarried: false, wanted: '24.21.0' } },
    '20.19.0, too old',
    'Start with npx -y pnpm@12',
  ],
  [
    'Node',
    'warning',
    { node: { version: '22.22.0', isCarried: false, wanted: '24.21.0' } },
    '22.22.0, from this machine',
    'npx -y pnpm@12 workshop doctor runs on 24.21.0',
  ],
  [
    'Node',
    'warning',
    { node: { version: '24.20.0', isCarried: true, wanted: '24.21.0' } },
    '24.20.0, and not 24.21.0',
    'Run npx -y pnpm@12 install',
  ],
  ['pnpm', 'warning', { pnpm: undefined }, 'not on this machine yet', 'npx --offline -y pnpm@12'],
  [
    'pnpm',
    'warning',
    { pnpm: undefined, hasNpx: false },
    'not found, nor npx',
    'node workshop/main.js start does the same',
  ],
  ['git', 'warning', { git: undefined }, 'not found', 'The workshop works without'],
  [
    'TypeScript',
    false,
    { typescript: { problem: 'is not installed: ENOENT' } },
    'is not installed: ENOENT',
    'Delete the folder node_modules',
  ],
  [
    'TypeScript',
    false,
    { typescript: { version: '5.9.2', wanted: '7.0.2' } },
    '5.9.2, and not 7.0.2',
    'Delete the folder node_modules',
  ],
  [
    'SQLite',
    false,
    { sqlite: { problem: 'wrong ELF class' } },
    'does not load on linux x64: wrong ELF class',
    'Delete the folder node_modules',
  ],
  [
    'exercises',
    false,
    folder({ writable: [{ name: 'exercises', problem: 'EROFS' }] }),
    'not writable: EROFS',
    'Clone into a folder of your own',
  ],
  [
    'file events',
    'warning',
    folder({ hasFileEvents: false }),
    'do not reach this folder',
    'start looks for saves by itself',
  ],
  ['disk', false, folder({ freeBytes: 20 * 1024 ** 2 }), '20 MiB free', 'Free at least 100 MiB'],
  ['disk', 'warning', folder({ freeBytes: gib / 2 }), '512 MiB free', 'It is enough'],
  ['disk', 'warning', folder({ freeBytes: undefined }), 'its free space is unknown', '100 MiB'],
  [
    'path',
    'warning',
    { platform: 'win32', ...folder({ path: `C:\\${'long'.repeat(20)}` }) },
    '83 characters: C:\\long',
    'Some programs stop at 259',
  ],
  ['line endings', false, folder({ endings: undefined }), 'no exercise to look at', 'Clone'],
  [
    'terminal',
    false,
    { terminal: { columns: 59, colourBits: 1 } },
    '59 columns, no colours',
    'at least 60 columns wide',
  ],
  [
    'local port',
    false,
    { loopbackProblem: 'EACCES' },
    'cannot be opened on 127.0.0.1: EACCES',
    'Let Node listen',
  ],
  ['processors', 'warning', { processors: 1 }, '1', 'It works'],
  ['memory', 'warning', { memoryBytes: gib }, '1.0 GiB', 'Close what you do not need'],
  ['editor', 'warning', { editor: undefined }, 'no EDITOR', 'Set EDITOR'],
  [
    'editor',
    'warning',
    { editor: { command: 'emacs -nw', from: 'VISUAL', isFound: false } },
    'emacs -nw, from VISUAL, is not on the PATH',
    'Set EDITOR',
  ],
]

test.each(cases)('%s: %s with %j', (name, ok, change, value, fix) => {
  const facts = { ...healthy, ...change }
  const row = rowsOf(facts).find((one) => one.name === name)
  expect(row?.ok).toBe(ok)
  expect(row?.value).toContain(value)
  expect(row?.fix).toContain(fix)
  expect(row?.fix, 'one sentence in one line').toMatch(/^[^\n]+\.$/)
  const { isReady, code } = diagnose(facts, played)
  expect(isReady).toBe(ok !== false)
  expect(code === undefined).toBe(ok === false)
})

test.each([
  ['CRLF files', folder({ endings: 'CRLF' })],
  ['a checkout of both kinds', folder({ endings: 'LF and CRLF' })],
  ['no terminal', { terminal: undefined }],
  ['RabbitMQ', { hasRabbitmq: true }],
  ['a short path on Windows', { platform: 'win32', ...folder({ path: 'C:\\workshop' }) }],
  ['a long path elsewhere', folder({ path: `/${'long'.repeat(40)}` })],
] as const)('%s: nothing to mend, and nothing to be warned of', (_name, change) => {
  const rows = rowsOf({ ...healthy, ...change })
  expect(rows.filter(({ fix }) => fix !== undefined)).toEqual([])
})

test.each([
  ['does not run: no vitest', { problem: 'no vitest' }],
  ['its start is not red as it should be: green', { ...played, start: [green] }],
  ['its start is not red as it should be: no test ran', { ...played, start: [] }],
  [
    'its start is not red as it should be: LOST_MESSAGE',
    { ...played, start: [{ ...red, code: 'LOST_MESSAGE' }] },
  ],
  [
    'its start is not red as it should be: DUPLICATE_EFFECT, DUPLICATE_EFFECT',
    { ...played, start: [red, { ...red, name: 'another' }] },
  ],
  ['its solution is not green: DUPLICATE_EFFECT', { ...played, solution: [red] }],
  ['its solution is not green: no test ran', { ...played, solution: [] }],
])('a machine on which the exercise comes out otherwise is not ready: %s', (value, other) => {
  const { rows, isReady } = diagnose(healthy, other)
  expect(rows.at(-1)).toMatchObject({ name: 'exercise 03', ok: false, value })
  expect(rows.at(-1)?.fix).toMatch(/^[^\n]+\.$/)
  expect(isReady).toBe(false)
})

test('the code is of the machine: not of the window, and another one for another machine', () => {
  const code = (change: Partial<Facts>) => diagnose({ ...healthy, ...change }, played).code
  expect(code({ terminal: undefined, ...folder({ freeBytes: gib * 2 }) })).toBe(code({}))
  expect(code({ platform: 'darwin', arch: 'arm64' })).not.toBe(code({}))
})

const ill: Facts = {
  ...healthy,
  git: undefined,
  sqlite: { problem: `cannot open ${'/a/long/path'.repeat(9)}` },
  terminal: { columns: 40, colourBits: 1 },
}

test.each([60, 80])('at %i columns no line is wider, and the verdict stands last', (columns) => {
  const lines = diagnosisLines(diagnose(ill, played), { columns, ms: 1234 })
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns)
  expect(lines.at(-1)).toBe('NOT READY  to mend: SQLite, terminal  ·  1.2 s')
  const ready = diagnosisLines(diagnose(healthy, played), { columns, ms: 1234 })
  expect(ready.at(-1)).toMatch(/^READY {2}code \w{4} {2}· {2}1\.2 s/)
})

test('each row has a word beside its sign, and its cure below it', () => {
  const lines = diagnosisLines(diagnose(ill, played), { columns: 80, ms: 1 })
  expect(lines.filter((line) => line.includes('✘ MEND'))).toHaveLength(2)
  const at = lines.findIndex((line) => line.startsWith(' ▲ note git'))
  expect(lines[at + 1]?.trim()).toMatch(/^-> The workshop works without/)
})
