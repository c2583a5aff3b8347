import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../workshop/root.ts'
import { Clone, runIn, workshop } from './clone.ts'

const exercise = 'exercises/03-idempotent-business-logic/orders.ts'
const solution = 'solutions/03-idempotent-business-logic/orders.ts'

describe.concurrent('the command line', () => {
  test('help lists every command with its usage', async () => {
    const { code, output } = await workshop(root, 'help')
    expect(code).toBe(0)
    for (const name of ['start', 'test', 'verify', 'demo']) expect(output).toContain(`  ${name}`)
  })

  test.for([
    [['soak', '--help']],
    [['soak', '13', '-h']],
    [['help', 'soak']],
    [['--help', 'soak']],
  ] as const)('%j says how to call that command, and does nothing', async ([args]) => {
    const { code, output } = await workshop(root, ...args)
    expect(output).toMatch(/^npx .* workshop <command>\n\n {2}soak NN \[--broker/)
    expect(output).toContain('runs a solution for minutes under load')
    expect(output).not.toContain('verify')
    expect(code).toBe(0)
  })

  test.for([
    [['dance'], 'expected one of bundle, '],
    [['verify', '99'], 'expected an exercise out of 01-two-clicks, 02-sync-to-async, '],
    [['demo', '01'], 'expected an exercise with a demonstration on real processes, got 01-'],
    [['demo', '03', '--item', 'pony'], 'expected --item porsche|'],
    [['demo', '03', '--broker', 'pigeon'], 'expected --broker sqlite or rabbitmq, got "pigeon"'],
    [['demo'], 'expected the number of one exercise'],
    [['help', 'dance'], 'expected one of bundle, '],
    [['verify', '--loud'], "Unknown option '--loud'"],
    [['verify', '--loud'], 'How to call it: npx -y pnpm@12 workshop verify --help'],
    [['replay', '03'], 'expected --schedule and a word such as k9-4.2x3, got "nothing"'],
    [['replay', '03', '--schedule', 'zz-0.1aa'], 'expected an exploration with the mark zz'],
  ] as const)(
    '%j is answered with what to write instead, and exit code 2',
    async ([args, says]) => {
      const { code, output } = await workshop(root, ...args)
      expect(output).toContain(says)
      expect(output).toContain('not your code')
      expect(code).toBe(2)
    },
  )

  test('a Node that is too old is refused in one sentence, before anything native', async () => {
    const old = 'Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})'
    const { code, output } = await runIn(root, process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(old)}`,
      join('workshop', 'main.js'),
      'start',
    ])
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toContain('needs Node 22 or newer, and this is Node 20.20.2')
    expect(code).toBe(2)
  })

  test('verify --json prints one object a line, with every part of the contract', async () => {
    const { code, output } = await workshop(root, 'verify', '03', '--json')
    const result = JSON.parse(output.trim())
    expect(code).toBe(0)
    expect(result).toMatchObject({
      exercise: '03-idempotent-business-logic',
      ok: true,
      start: { ok: true, failed: [{ code: 'DUPLICATE_EFFECT' }] },
      solution: { ok: true },
      chain: { ok: true },
      shape: { ok: true },
    })
    expect(result.wrong.length).toBeGreaterThanOrEqual(5)
    expect(result.right.length).toBeGreaterThanOrEqual(1)
    expect(result.ms).toBeGreaterThan(0)
  })

  test('without a terminal, start prints red once and exits with 1, and green with 0', async () => {
    await using clone = await Clone.make()
    const red = await workshop(clone.folder, 'start', '03')
    expect(red.output).toMatch(/^RED {2}3 of 4 tests pass/m)
    expect(red.output).toMatch(/^ +DUPLICATE_EFFECT: .*\n +expected "porsche" once, got it 2/m)
    expect(red.output.trim().split('\n').at(-1)).toMatch(/^hint {2}npx .* hint 03$/)
    expect(red.code).toBe(1)
    const solved = await readFile(join(clone.folder, solution), 'utf8')
    await writeFile(join(clone.folder, exercise), solved)
    const green = await workshop(clone.folder, 'start', '03')
    expect(green.output).toMatch(/^GREEN {2}4 of 4 tests pass/m)
    expect(green.output).toMatch(/^DONE {2}03 /m)
    expect(green.output.trim().split('\n').at(-1)).toMatch(/^next {2}npx .* goto 04$/)
    expect(green.code).toBe(0)
  })

  test('a failure prints the line that replays it, and there the solution holds', async () => {
    await using clone = await Clone.make()
    const { output: red } = await workshop(clone.folder, 'start', '03')
    const [, schedule = ''] = /replay 03 --schedule ([0-9a-z.-]+)/.exec(red) ?? []
    expect(schedule.length).toBeGreaterThan(0)
    expect(schedule.length).toBeLessThan(40)
    const again = await workshop(clone.folder, 'replay', '03', '--schedule', schedule)
    expect(again.output).toContain('save order-1 = [porsche, porsche]')
    expect(again.output).toContain('orders.ts:')
    expect(again.code).toBe(1)
    const large = await workshop(clone.folder, 'replay', '03', '--schedule', schedule, '--large')
    const drawn = large.output.split('\n').filter((line) => /[│┃]/.test(line))
    expect(drawn.length).toBeGreaterThan(5)
    for (const line of drawn) expect(line.length, line).toBeLessThanOrEqual(60)
    const how = ['--schedule', schedule, '--solution']
    const solved = await workshop(clone.folder, 'replay', '03', ...how)
    expect(solved.output).toContain('This schedule holds now.')
    expect(solved.output).toContain('│═AddItem(porsche)══>┃ a duplicate')
    expect(solved.code).toBe(0)
  })

  test('a demo of a file that cannot be loaded says so, without a stack', async () => {
    await using clone = await Clone.make()
    await writeFile(join(clone.folder, exercise), 'export const addItem = (')
    const { code, output } = await workshop(clone.folder, 'demo', '03')
    expect(output).toContain('expected a file that can be loaded, got SyntaxError')
    expect(output).not.toMatch(/^ +at /m)
    expect(code).toBe(1)
    await writeFile(join(clone.folder, exercise), 'export const addItem = 1')
    const second = await workshop(clone.folder, 'demo', '03')
    expect(second.output).toContain('expected a file that exports a handler, got none')
    expect(second.code).toBe(1)
  })

  test('a handler that loops for ever ends in a sentence, and not in silence', async () => {
    await using clone = await Clone.make()
    const start = await readFile(join(clone.folder, exercise), 'utf8')
    const looping = start.replace('// TODO', 'for (;;) await Promise.resolve() // TODO')
    await writeFile(join(clone.folder, exercise), looping)
    const { code, output } = await workshop(clone.folder, 'start', '03')
    expect(output).toMatch(
      /STUCK\n\s+expected the code to wait for something or to end, got a loop/,
    )
    expect(code).toBe(1)
  })

  test('no line of start is wider than 80 columns', async () => {
    await using clone = await Clone.make()
    const { output } = await workshop(clone.folder, 'start')
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('demo shows two porsches on real processes, and one with the solution', async () => {
    const [start, solved] = await Promise.all([
      workshop(root, 'demo', '03', '--item', 'porsche', '--start'),
      workshop(root, 'demo', '03', '--item', 'porsche', '--solution'),
    ])
    expect(start.output).toContain('ONE PORSCHE ORDERED, 2 DELIVERED')
    expect(start.code).toBe(1)
    expect(solved.output).toContain('ONE PORSCHE ORDERED, ONE DELIVERED')
    expect(solved.code).toBe(0)
  })
})

describe.concurrent('an attendee who edits an exercise', () => {
  const edited = 'export const addItem = "no idea yet'

  async function verifyAfterEdit(clone: Clone): Promise<void> {
    const { code, output } = await workshop(clone.folder, 'verify', '03')
    expect(output).toContain('✔ 03-idempotent-business-logic')
    expect(code).toBe(0)
    expect(await readFile(join(clone.folder, exercise), 'utf8')).toBe(edited)
  }

  test('turns no check red, and nothing overwrites the edit', async () => {
    await using clone = await Clone.make()
    await writeFile(join(clone.folder, exercise), edited)
    await verifyAfterEdit(clone)
    const authors = await workshop(clone.folder, 'verify', '03', '--worktree')
    expect(authors.code, 'the same edit counts where an author asks for it').toBe(1)
  })

  test('may commit it, as long as the clone knows where it came from', async () => {
    await using origin = await Clone.make()
    await using clone = await Clone.make({ git: false })
    await clone.git('init', '-q', '-b', 'main')
    await clone.git('remote', 'add', 'origin', origin.folder)
    await clone.git('fetch', '-q', 'origin')
    await clone.git('reset', '-q', 'origin/main')
    await clone.git('remote', 'set-head', 'origin', 'main')
    await writeFile(join(clone.folder, exercise), edited)
    await clone.commit('my first try')
    await verifyAfterEdit(clone)
  })

  test('needs no git: the first start keeps a copy of what came', async () => {
    await using clone = await Clone.make({ git: false })
    expect((await workshop(clone.folder, 'start')).code).toBe(1)
    await writeFile(join(clone.folder, exercise), edited)
    await verifyAfterEdit(clone)
  })
})
