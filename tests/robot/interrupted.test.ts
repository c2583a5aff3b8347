// An attendee whose workshop is killed, whose notes are damaged, or who starts it twice.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noProgress, type Progress, progressOf, slugOf } from '../../workshop/progress/state.ts'
import type { Clone } from '../clone.ts'
import {
  begin,
  bytesOf,
  edit,
  fileIn,
  filesOf,
  halfMade,
  keeping,
  nothingLost,
  runnerIn,
  save,
  solve,
  stateOf,
} from './attendee.ts'
import { ran } from './program.ts'
import { noTerminal, Terminal } from './terminal.ts'

const stateIn = ({ folder }: Clone): string => join(folder, '.workshop', 'state.json')

type Killing = {
  readonly args: readonly string[]
  /** Before each time, and after it. */
  readonly save: () => Promise<void>
  readonly look: () => Promise<void>
}

/** Has a command killed at its first moment, its second, and so on, until it comes to its end.
 *  Resolves with how often it was killed. */
async function killedAtEach(clone: Clone, { args, save, look }: Killing): Promise<number> {
  const dies = join(import.meta.dirname, 'preloads', 'dies.ts')
  for (let moment = 1; moment <= 40; moment += 1) {
    await save()
    const env = { ROBOT_DIES_AT: String(moment) }
    const options = { env, node: ['--import', dies] }
    const { end, errors } = await keeping(clone, () => ran(clone.folder, args, options))
    await look()
    if (end === 0) return moment - 1
    expect(end, errors).toBe('SIGKILL')
  }
  throw new Error(`expected ${args.join(' ')} to come to its end, got killed 40 times`)
}

describe.skipIf(noTerminal).concurrent(`an attendee in bad luck ${noTerminal}`, () => {
  test('start is killed wherever it writes, and the next one knows the old or the new', async () => {
    await using all = await begin()
    const { clone, exercise } = all
    await solve(clone, exercise)
    const before = await filesOf(clone)
    const told: string[] = []
    let runs = 0
    const killed = await killedAtEach(clone, {
      args: ['start', '03'],
      save: () => Promise.resolve(),
      look: async () => {
        const state = await stateOf(clone)
        const { progress = noProgress } = state as { readonly progress?: Progress }
        const noted = progressOf(progress, slugOf(exercise.folder))
        expect([runs, runs + 1]).toContain(noted.runs)
        runs = noted.runs
        told.push(`${state.kind} ${noted.status} ${noted.lastRun?.verdict}`)
      },
    })
    const ways = ['none open undefined', 'current open undefined', 'current done green']
    expect([...new Set(told)]).toEqual(ways)
    expect(killed).toBeGreaterThanOrEqual(6)
    expect(await filesOf(clone)).toEqual(before)
    await using terminal = Terminal.open(clone.folder, ['start'])
    await terminal.sees(/1 of \d+ done/)
    await terminal.sees(/Welcome back\. 03 is open; its last run was green/)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.heard).not.toContain('could not be read')
    expect(await halfMade(clone)).toEqual([])
  })

  test('reset is killed wherever it writes, and one undo brings the work back', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    const start = Buffer.from(exercise.start.get(edit) ?? '')
    const killed = await killedAtEach(clone, {
      args: ['reset', '03'],
      save: () => save(clone, exercise, [edit, mine]),
      look: async () => {
        expect(['none', 'current']).toContain((await stateOf(clone)).kind)
        expect([mine, start]).toContainEqual(await fileIn(clone, exercise, edit))
      },
    })
    expect(killed).toBeGreaterThanOrEqual(6)
    await using terminal = Terminal.open(clone.folder, ['start', '03'])
    await terminal.sees(/^RED .*/m)
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
    expect(await halfMade(clone)).toEqual([])
  })

  test('without git, a copy of what came is kept whole, or not at all', async () => {
    await using all = await begin({ git: false })
    const { clone } = all
    const pathsIn = async (...folder: readonly string[]): Promise<readonly string[]> => [
      ...(await bytesOf(join(clone.folder, ...folder))).keys(),
    ]
    const folders = ['exercises', 'solutions'] as const
    const came = await Promise.all(folders.map((one) => pathsIn(one)))
    const kept = () => Promise.all(folders.map((one) => pathsIn('.workshop', 'pristine', one)))
    const killed = await killedAtEach(clone, {
      args: ['list'],
      save: () => Promise.resolve(),
      look: async () => {
        for (const [index, paths] of (await kept()).entries()) {
          expect([[], came[index]]).toContainEqual(paths)
        }
      },
    })
    expect(killed).toBe(4)
    expect(await kept()).toEqual(came)
  })

  test('the notes are damaged: start says so, keeps them, and goes on', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    await solve(clone, exercise)
    expect((await ran(clone.folder, ['start', '03'])).end).toBe(0)
    await save(clone, exercise, [edit, mine])
    const whole = await readFile(stateIn(clone))
    const garbage = Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from('no notes')])
    for (const damaged of [garbage, whole.subarray(0, whole.length / 2), Buffer.from('[1, 2]')]) {
      await writeFile(stateIn(clone), damaged)
      await keeping(clone, async () => {
        await using terminal = Terminal.open(clone.folder, ['start', '03'])
        await terminal.sees(/noted of your progress could not be read\. It was moved\s+to/)
        // That it was green is told by what was kept of it then.
        await terminal.sees(/1 of \d+ done/)
        await terminal.sees(/running \.\.\./)
        terminal.press('q')
        expect(await terminal.ended()).toBe(0)
      })
      const folder = join(clone.folder, '.workshop')
      const aside = (await readdir(folder)).filter((name) => name.startsWith('state.damaged-'))
      const kept = await Promise.all(aside.map((name) => readFile(join(folder, name))))
      expect(kept).toContainEqual(Buffer.from(damaged))
      expect((await stateOf(clone)).kind).toBe('current')
    }
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
  })

  test('the notes are of an older version, or of a newer one', async () => {
    await using all = await begin()
    const { clone } = all
    const before = await filesOf(clone)
    const older = '{ "done": ["01-two-clicks"], "current": "03-idempotent-business-logic" }'
    await mkdir(join(clone.folder, '.workshop'))
    await writeFile(stateIn(clone), older)
    await using terminal = Terminal.open(clone.folder, ['start'])
    await terminal.sees(/1 of \d+ done/)
    await terminal.sees(/^03 {2}/m)
    await terminal.sees(/^RED .*/m)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    const aside = join(clone.folder, '.workshop', 'state.version-0.json')
    expect(await readFile(aside, 'utf8')).toBe(older)
    const newer = '{"version":2,"exercises":{}}'
    await writeFile(stateIn(clone), newer)
    await using refused = Terminal.open(clone.folder, ['start'])
    await refused.sees(/^SETUP/m)
    await refused.sees(/a newer workshop wrote it/)
    expect(await refused.ended()).toBe(2)
    expect(await readFile(stateIn(clone), 'utf8')).toBe(newer)
    expect(await filesOf(clone)).toEqual(before)
  })

  test('a second start says who runs, and once that one was killed, the next takes over', async () => {
    await using all = await begin()
    const { clone, exercise, mine } = all
    const before = await filesOf(clone)
    await using first = Terminal.open(clone.folder, ['start', '03'])
    await first.sees(/^RED .*/m)
    const pid = await runnerIn(clone)
    for (const args of [['start'], ['start', '--stay', '--json']]) {
      await using second = Terminal.open(clone.folder, args)
      await second.sees(/^SETUP/m)
      await second.sees(new RegExp(`got another that runs since \\S+,\\s+as process\\s+${pid}`))
      expect(await second.ended()).toBe(2)
    }
    await solve(clone, exercise)
    await first.sees(/^GREEN .*/m)
    await save(clone, exercise, [edit, mine])
    await first.sees(/^RED .*/m)
    process.kill(pid, 'SIGKILL')
    await first.ended()
    await using next = Terminal.open(clone.folder, ['start'])
    await next.sees(/Welcome back\. 03 is open; its last run was/)
    await next.sees(/^RED .*/m)
    expect(await runnerIn(clone)).not.toBe(pid)
    await solve(clone, exercise)
    await next.sees(/^GREEN .*/m)
    next.press('q')
    expect(await next.ended()).toBe(0)
    await save(clone, exercise, [edit, mine])
    expect(await filesOf(clone)).toEqual(before)
    await nothingLost(before, clone)
  })
})
