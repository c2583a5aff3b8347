// What an attendee does with keys, and with other commands beside: all of it leaves their work
// where it can be found.

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Exercise } from '../../workshop/catalogue/exercise.ts'
import { Clone, workshop } from '../clone.ts'
import { begun, exerciseNumber, filesOf, keeping, nothingLost, save, solve } from './attendee.ts'
import { noTerminal, Terminal, type TerminalOptions } from './terminal.ts'

const edit = 'orders.ts'

/** A terminal in which 03 is open, red, with something begun in it. */
async function begin(options: TerminalOptions = {}) {
  const clone = await Clone.make()
  const exercise = await exerciseNumber('03')
  const mine = begun(exercise, edit)
  await save(clone, exercise, [edit, mine])
  const terminal = Terminal.open(clone.folder, ['start', '03'], options)
  await terminal.sees(/running \.\.\./)
  await terminal.sees(/^RED .*/m)
  await terminal.shows(/^RED .*\n(.*\n)?n next /m)
  const close = async (): Promise<void> => {
    await terminal[Symbol.asyncDispose]()
    await clone[Symbol.asyncDispose]()
  }
  return { clone, exercise, mine, terminal, [Symbol.asyncDispose]: close }
}

const fileOf = ({ folder }: Clone, exercise: Exercise): Promise<Buffer> =>
  readFile(join(folder, 'exercises', exercise.folder, edit))

const startOf = ({ start }: Exercise): Buffer => Buffer.from(start.get(edit) ?? '')

describe.skipIf(noTerminal).concurrent(`an attendee at a terminal ${noTerminal}`, () => {
  test('resets, and brings back by undo what was there, to the byte', async () => {
    await using all = await begin()
    const { clone, exercise, mine, terminal } = all
    terminal.press('x')
    await terminal.sees(/03 back to its start\?/)
    terminal.press('n')
    await terminal.shows(/^RED .*\nn next .*q$/m)
    expect(await fileOf(clone, exercise)).toEqual(mine)
    await keeping(clone, async () => {
      terminal.press('xy')
      await terminal.sees(/03 is back at its start/)
      await terminal.sees(/running \.\.\./)
      await terminal.sees(/^RED .*/m)
    })
    expect(await fileOf(clone, exercise)).toEqual(startOf(exercise))
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
    })
    expect(await fileOf(clone, exercise)).toEqual(mine)
  })

  test('takes the solution when stuck, turns green by it, and has the own work back', async () => {
    await using all = await begin()
    const { clone, exercise, mine, terminal } = all
    terminal.press('s')
    await terminal.sees(/Stuck is normal/)
    await keeping(clone, async () => {
      terminal.press('3')
      await terminal.sees(/03 has the solution in place/)
      await terminal.sees(/^GREEN .*/m)
    })
    for (const [path, text] of exercise.solution) {
      const file = join(clone.folder, 'exercises', exercise.folder, path)
      expect(await readFile(file, 'utf8')).toBe(text)
    }
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
      await terminal.sees(/^RED .*/m)
    })
    expect(await fileOf(clone, exercise)).toEqual(mine)
  })

  test('skips, jumps to another exercise and back, and finds everything as it was', async () => {
    await using all = await begin()
    const { clone, exercise, mine, terminal } = all
    const before = await filesOf(clone)
    terminal.press('n')
    await terminal.sees(/03 is not green/)
    terminal.press('n')
    await terminal.sees(/03 is skipped, and stays as it is/)
    await terminal.sees(/^04 {2}/m)
    terminal.press('l')
    await terminal.sees(/↷ skipped 03/)
    await terminal.sees(/Two digits go to an exercise/)
    terminal.press('09')
    await terminal.sees(/^09 {2}/m)
    await terminal.sees(/running \.\.\./)
    terminal.press('l03')
    await terminal.sees(/^03 {2}/m)
    await terminal.sees(/running \.\.\./)
    await terminal.sees(/^RED .*/m)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(await fileOf(clone, exercise)).toEqual(mine)
    expect(await filesOf(clone)).toEqual(before)
    const listed = await workshop(clone.folder, 'list')
    expect(listed.output).toMatch(/^>.*03 .*▲ changed/m)
  })

  test('presses n twice on green, and goes on by one', async () => {
    await using all = await begin()
    const { clone, exercise, terminal } = all
    await solve(clone, exercise)
    await terminal.sees(/^GREEN .*/m)
    terminal.press('nn')
    await terminal.sees(/^04 {2}/m)
    await terminal.sees(/^(RED|GREEN) .*/m)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.heard).not.toMatch(/^05 {2}/m)
  })

  test('presses Ctrl-C in the middle of a run that hangs, and is out at once', async () => {
    await using all = await begin()
    const { clone, exercise, terminal } = all
    const hangs = `for (;;) {}\n${exercise.start.get(edit)}`
    await save(clone, exercise, [edit, hangs])
    await terminal.sees(/running \.\.\./)
    await keeping(clone, async () => {
      terminal.press('\u0003')
      expect(await terminal.ended()).toBe(0)
    })
    expect(terminal.heard).not.toMatch(/TIMEOUT/)
    expect(terminal.lines.at(-2)).toBe('running ...')
    await save(clone, exercise, [edit, startOf(exercise)])
    await using again = Terminal.open(clone.folder, ['start'])
    await again.sees(/Welcome back\. 03 is open; its last run was red/)
    await again.sees(/^RED .*/m)
  })

  test('gives a command elsewhere meanwhile, and the terminal sees what it did', async () => {
    await using all = await begin()
    const { clone, terminal } = all
    await keeping(clone, async () => {
      const reset = await workshop(clone.folder, 'reset', '03')
      expect(reset.code).toBe(0)
    })
    await terminal.sees(/running \.\.\./)
    await terminal.sees(/^RED .*/m)
    await keeping(clone, async () => {
      const taken = await workshop(clone.folder, 'solution', '03', '--take', '--anyway')
      expect(taken.code).toBe(0)
    })
    await terminal.sees(/^GREEN .*/m)
  })

  test('saves right before a key that shows something, and the save is run', async () => {
    await using all = await begin()
    const { clone, exercise, terminal } = all
    await solve(clone, exercise)
    terminal.press('hl?')
    await terminal.sees(/^GREEN .*/m)
  })

  test('has lost the folder of an exercise, and x and m bring it back', async () => {
    await using all = await begin()
    const { clone, exercise, terminal } = all
    await rm(join(clone.folder, 'exercises', exercise.folder), { recursive: true })
    terminal.press('r')
    await terminal.sees(/SETUP/)
    terminal.press('xm')
    await terminal.sees(/03 has its missing files back/)
    await terminal.sees(/^RED .*/m)
    expect(await fileOf(clone, exercise)).toEqual(startOf(exercise))
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    await rm(join(clone.folder, 'exercises', exercise.folder), { recursive: true })
    await using again = Terminal.open(clone.folder, ['start', '03'])
    await again.sees(/SETUP/)
    again.press('xm')
    await again.sees(/^RED .*/m)
  })

  test('has 60 columns: no line is wider, and the verdict stands above the keys', async () => {
    await using all = await begin({ columns: 60 })
    const { clone, exercise, terminal } = all
    const bottom = /^RED .*\n(.*\n)*.*· q$/m
    for (const [key, shown] of [
      ['h', /Hint 1 of 3/],
      ['dd', /yours and the solution/],
      ['t', /Step by step/],
      ['?', /quit; start again/],
      ['l', /Two digits/],
      ['s', /Stuck is normal/],
      ['b', bottom],
      ['x', /back to its start\?/],
      ['b', bottom],
    ] as const) {
      terminal.press(key)
      await terminal.sees(shown)
    }
    await terminal.shows(bottom)
    const [, solved = ''] = [...exercise.solution][0] ?? []
    await save(clone, exercise, [edit, `const a: string = 1\n${solved}`])
    await terminal.sees(/TYPES {2}1 type problem/)
    await solve(clone, exercise)
    await terminal.sees(/^GREEN .*/m)
    await terminal.shows(/^GREEN .*\nn next .*\n.*q$/m)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.tooWide).toEqual([])
    await nothingLost(await filesOf(clone), clone)
  })
})
