// An attendee on another machine than ours: folders that nobody may write to, names and line ends
// of other systems, no git, ports that are taken. Nothing of it is their fault, and all of it
// leaves their work where it can be found.

import { once } from 'node:events'
import { chmod, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Clone, runIn } from '../clone.ts'
import { begin, edit, fileIn, filesOf, keeping, runnerIn, save, solve } from './attendee.ts'
import { ran } from './program.ts'
import { listeningOf, withDescendants } from './sockets.ts'
import { noTerminal, Terminal } from './terminal.ts'

describe.skipIf(noTerminal).concurrent(`a machine of its own ${noTerminal}`, () => {
  test('has a folder that cannot be written: start says what to do, and changes nothing', async () => {
    await using all = await begin()
    const { clone } = all
    const before = await filesOf(clone)
    for (const closed of [['.workshop'], ['exercises'], ['.']]) {
      await using guest = await guestOf(clone, closed)
      await using terminal = Terminal.open(clone.folder, ['start', '03'], guest)
      await terminal.sees(/^SETUP {2}this is not your code/m)
      const names = closed[0] === '.' ? ['.workshop', 'exercises'] : closed
      for (const name of names) await terminal.sees(new RegExp(`^${name}: not writable`, 'm'))
      await terminal.sees(/make this one writable for you/)
      expect(await terminal.ended()).toBe(2)
      expect(terminal.heard).not.toMatch(/^ +at /m)
      const lines = await ran(clone.folder, ['start', '03', '--json'], guest)
      expect([lines.end, lines.output]).toEqual([2, ''])
      expect(await filesOf(clone)).toEqual(before)
    }
  })

  test('has a path with spaces, quotes and letters beyond ASCII', async () => {
    const name = `Zoë's "clone" (Übung 1) & co`
    await using all = await begin({ name })
    const { clone, exercise, mine } = all
    await using terminal = Terminal.open(clone.folder, ['start', '03'])
    await terminal.sees(/^RED .*/m)
    terminal.press('t')
    await terminal.sees(/03 Step by step/)
    await terminal.sees(/a duplicate/)
    terminal.press('dd')
    await terminal.sees(/03 yours and the solution/)
    await terminal.sees(/\+ the solution/)
    await keeping(clone, async () => {
      terminal.press('xy')
      await terminal.sees(/03 is back at its start/)
      await terminal.sees(/^RED .*/m)
    })
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
      await terminal.sees(/^RED .*/m)
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.heard).not.toMatch(/SETUP|Error:/)
  })

  test('ends its lines with CRLF: that alone is no change, and no byte of it is touched', async () => {
    await using all = await begin({ crlf: true })
    const { clone, exercise } = all
    const start = crlf(exercise.start.get(edit))
    await save(clone, exercise, [edit, start])
    const before = await filesOf(clone)
    expect(before.get(`${exercise.folder}/README.md`)?.includes('\r\n')).toBe(true)
    await using terminal = Terminal.open(clone.folder, ['start', '03'])
    await terminal.sees(/^RED .*/m)
    terminal.press('l')
    await terminal.sees(/Two digits/)
    terminal.press('xy')
    await terminal.sees(/there was nothing to write/)
    await terminal.sees(/^RED .*/m)
    expect(await filesOf(clone)).toEqual(before)
    await keeping(clone, async () => {
      terminal.press('s3')
      await terminal.sees(/03 has the solution in place/)
      await terminal.sees(/^GREEN .*/m)
    })
    terminal.press('d')
    await terminal.sees(/They say the same/)
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
      await terminal.sees(/^RED .*/m)
    })
    expect(await filesOf(clone)).toEqual(before)
    const solved = crlf(exercise.solution.get(edit))
    await save(clone, exercise, [edit, solved])
    await terminal.sees(/^GREEN .*/m)
    await keeping(clone, async () => {
      terminal.press('xy')
      await terminal.sees(/03 is back at its start/)
      await terminal.sees(/^RED .*/m)
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(solved)
    expect(terminal.heard.match(/▲ changed/)).toBeNull()
  })

  test('has no git: what came is kept by the first start, and nothing is lost', async () => {
    await using all = await begin({ git: false })
    const { clone, exercise, mine } = all
    await save(clone, exercise, [edit, exercise.start.get(edit) ?? ''])
    const env = { PATH: join(clone.folder, 'nothing-is-here') }
    await using terminal = Terminal.open(clone.folder, ['start', '03'], { env })
    await terminal.sees(/^RED .*/m)
    await save(clone, exercise, [edit, mine])
    await terminal.sees(/running \.\.\./)
    await terminal.sees(/^RED .*/m)
    await keeping(clone, async () => {
      terminal.press('xy')
      await terminal.sees(/03 is back at its start/)
      await terminal.sees(/^RED .*/m)
    })
    expect(String(await fileIn(clone, exercise, edit))).toBe(exercise.start.get(edit))
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
      await terminal.sees(/^RED .*/m)
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
    await keeping(clone, async () => {
      terminal.press('s3')
      await terminal.sees(/03 has the solution in place/)
      await terminal.sees(/^GREEN .*/m)
    })
    await keeping(clone, async () => {
      terminal.press('u')
      await terminal.sees(/03 is as it was before/)
      await terminal.sees(/^RED .*/m)
    })
    expect(await fileIn(clone, exercise, edit)).toEqual(mine)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    // Another process knows the start as well.
    const reset = await keeping(clone, () => ran(clone.folder, ['reset', '03'], { env }))
    expect(reset.end).toBe(0)
    expect(String(await fileIn(clone, exercise, edit))).toBe(exercise.start.get(edit))
  })

  test('has its ports taken: start needs none, and opens none', async () => {
    await using all = await begin()
    const { clone, exercise } = all
    await using _taken = await taken([0, 4680, 5672, 15_672])
    await using terminal = Terminal.open(clone.folder, ['start', '03'])
    await terminal.sees(/^RED .*/m)
    await solve(clone, exercise)
    await terminal.sees(/^GREEN .*/m)
    await terminal.shows(/^GREEN .*\n(.*\n)?n next /m)
    const runner = await withDescendants(await runnerIn(clone))
    expect(await listeningOf(runner)).toEqual([])
    // The same look finds the ports of this process.
    expect((await listeningOf([process.pid])).length).toBeGreaterThan(0)
  })
})

const crlf = (text = ''): Buffer => Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))

/** Somebody who may write neither these folders nor what is in them, until it is disposed. For a
 *  superuser no permission binds, so it is somebody else then. */
async function guestOf({ folder }: Clone, closed: readonly string[]) {
  const must = async (program: string, ...args: readonly string[]): Promise<void> => {
    const { code, output } = await runIn(folder, program, args)
    if (code !== 0) throw new Error(`expected ${program} to work, got: ${output}`)
  }
  await Promise.all(closed.map((one) => mkdir(join(folder, one), { recursive: true })))
  const nobody = 65_534
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    await chmod(dirname(folder), 0o755)
    // Links are left alone: what lies behind them is not of this clone.
    await must('chown', '-hR', `${nobody}:${nobody}`, '.')
  }
  await must('chmod', '-R', 'a-w', ...closed)
  return {
    ...(isRoot ? { uid: nobody } : {}),
    [Symbol.asyncDispose]: () => must('chmod', '-R', 'u+w', ...closed),
  }
}

/** Listens on these ports of 127.0.0.1, where 0 is one that is free; where somebody else does, they
 *  are taken all the same. */
async function taken(ports: readonly number[]): Promise<AsyncDisposable> {
  const servers = ports.map((port) => {
    const server = createServer((socket) => socket.destroy())
    server.listen(port, '127.0.0.1')
    return server
  })
  await Promise.all(servers.map((server) => once(server, 'listening').catch(() => undefined)))
  const close = (server: (typeof servers)[number]): Promise<void> =>
    new Promise((resolve) => server.close(() => resolve()))
  return { [Symbol.asyncDispose]: async () => void (await Promise.all(servers.map(close))) }
}
