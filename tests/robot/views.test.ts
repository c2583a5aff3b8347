// An attendee whose eyes, editor or drive are other than ours: no colour, a page that reads JSON, a
// folder from which no file event comes.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunnerEvent } from '../../workshop/runner/events.ts'
import { begin, edit, fileIn, filesOf, keeping, save, solve } from './attendee.ts'
import { Program, ran } from './program.ts'
import { noTerminal, Terminal } from './terminal.ts'

/** The compiler says when one is missing, or is there no more. */
const kinds: Readonly<Record<RunnerEvent['kind'], true>> = {
  opened: true,
  running: true,
  result: true,
  types: true,
  green: true,
  wider: true,
  hint: true,
  trace: true,
  difference: true,
  solution: true,
  closed: true,
  written: true,
  skipped: true,
  went: true,
  list: true,
  notice: true,
  stray: true,
  help: true,
  setup: true,
  finished: true,
}

/** The number of an exercise, and the environment. */
type Asked = { readonly wanted: string; readonly [name: string]: string }

const deaf = ['--import', join(import.meta.dirname, 'preloads', 'deaf.ts')]

describe.skipIf(noTerminal).concurrent(`a view of its own ${noTerminal}`, () => {
  test('without colour start prints lines once, and its exit code says how it is', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    const ends = async (code: number, word: RegExp, { wanted, ...env }: Asked) => {
      await using terminal = Terminal.open(clone.folder, ['start', wanted], { env })
      expect(await terminal.ended()).toBe(code)
      expect(terminal.heard).toMatch(word)
      // oxlint-disable-next-line no-control-regex -- there is to be none of these
      expect(terminal.raw).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/)
    }
    await keeping(clone, async () => {
      await ends(1, /^RED {2}3 of 4/m, { wanted: '03', NO_COLOR: '1' })
      await ends(1, /^RED {2}3 of 4/m, { wanted: '03', TERM: 'dumb' })
      await ends(2, /^SETUP {2}this is not your code/m, { wanted: '99', NO_COLOR: '1' })
      await ends(2, /^SETUP {2}this is not your code/m, { wanted: '99', TERM: 'dumb' })
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
    await solve(clone, exercise)
    await keeping(clone, () => ends(0, /^GREEN {2}4 of 4/m, { wanted: '03', TERM: 'dumb' }))
  })

  test('--json --stay prints an event a line, whatever the code prints', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    const before = await filesOf(clone)
    await using program = Program.open(clone.folder, ['start', '03', '--json', '--stay'])
    await program.prints(/"kind":"result".*"verdict":"red"/)
    await program.prints(/"kind":"types"/)
    const [solved = ''] = [...exercise.solution.values()]
    const loud = `console.log('{"kind":')\nprocess.stdout.write('no line end')\n${solved}`
    await save(clone, exercise, [edit, loud])
    await program.prints(/"kind":"green"/)
    program.endInput()
    expect(await program.ended()).toBe(0)
    const events = program.output.trimEnd().split('\n').map(eventOf)
    expect(events[0]).toMatchObject({ kind: 'opened', exercise: { number: '03' } })
    expect(events.map(({ kind }) => kind).filter((kind) => !Object.hasOwn(kinds, kind))).toEqual([])
    const printed = events.flatMap((event) => (event.kind === 'result' ? event.printed : []))
    expect(printed).toContain('{"kind":')
    expect(program.errors).toBe('')
    const none = await ran(clone.folder, ['start', '99', '--json'])
    expect([none.end, none.output]).toEqual([2, ''])
    await save(clone, exercise, [edit, mine])
    expect(await filesOf(clone)).toEqual(before)
  })

  test('without file events a save is found, and run', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    const before = await filesOf(clone)
    for (const [args, env] of [
      [['--poll'], {}],
      [[], { ROBOT_WATCHES: 'deaf' }],
      [[], { ROBOT_WATCHES: 'none' }],
    ] as const) {
      const isProbed = 'ROBOT_WATCHES' in env
      const options = { env, node: isProbed ? deaf : [] }
      await using terminal = Terminal.open(clone.folder, ['start', '03', ...args], options)
      await terminal.sees(/^RED .*/m)
      if (isProbed) await terminal.shows(/File events do not reach this folder/)
      await solve(clone, exercise)
      await terminal.sees(/^GREEN .*/m)
      terminal.press('q')
      expect(await terminal.ended()).toBe(0)
      expect(terminal.heard.includes('File events do not reach')).toBe(isProbed)
      await save(clone, exercise, [edit, mine])
    }
    expect(await filesOf(clone)).toEqual(before)
  })
})

const eventOf = (line: string): RunnerEvent => JSON.parse(line) as RunnerEvent
