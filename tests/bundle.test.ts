// A bundle is made, and installed from as an attendee does it: without a network, without a Node of
// their own, with an empty home folder. Takes half a minute, most of it to write files.

import { spawn } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBundle } from '../workshop/bundling/bundle.ts'
import { findPnpm } from '../workshop/bundling/pnpm-program.ts'
import { systemsOf } from '../workshop/bundling/systems.ts'
import { SetupProblem } from '../workshop/command.ts'
import { root } from '../workshop/root.ts'
import { type Ended, workshop } from './clone.ts'

const system = `${process.platform}-${process.arch}`

/** No registry answers there, and no proxy knows another. */
const unreachable = 'http://127.0.0.1:9'

let folder = ''
let stick = ''
let why: string | undefined

/** Runs a program on a machine that has nothing but what the bundle brings. */
function offline(where: string, program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: where,
      env: { PATH: '/usr/bin:/bin', HOME: join(folder, 'home'), npm_config_registry: unreachable },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }))
  })
}

const setUp = (to: string): Promise<Ended> =>
  offline(stick, join(stick, 'systems', system, 'node', 'bin', 'node'), ['set-up.mjs', to])

describe.skipIf(process.platform !== 'linux')('a stick', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workshop-stick-'))
    stick = join(folder, 'stick')
    await mkdir(join(folder, 'home'))
    try {
      await makeBundle({
        root,
        target: stick,
        systems: systemsOf(system),
        pnpm: await findPnpm(),
        commit: 'HEAD',
        say: () => undefined,
      })
    } catch (error) {
      // A bundle takes a registry to make; in CI there is one.
      if (!(error instanceof SetupProblem) || process.env['CI'] === 'true') throw error
      why = error.message
    }
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

  test('sets the workshop up without a network, and start is red as it should be', async (t) => {
    t.skip(why !== undefined, why)
    const place = join(folder, "Zoë's own place")
    // What an attendee has there already, after a set-up that was stopped, stays theirs.
    const work = join(place, 'exercises', '01-two-clicks', 'README.md')
    await mkdir(join(place, '.workshop'), { recursive: true })
    await mkdir(dirname(work), { recursive: true })
    const page = await readFile(join(stick, 'repository/exercises/01-two-clicks/README.md'), 'utf8')
    await writeFile(work, `${page}\nMy notes.\n`)

    const installed = await setUp(place)
    expect(installed.output).toContain('READY  on Node v24.')
    expect(installed.code).toBe(0)
    expect(await readFile(work, 'utf8')).toBe(`${page}\nMy notes.\n`)

    const pnpm = join('.workshop', 'tools', 'pnpm')
    const red = await offline(place, pnpm, ['start', '03'])
    expect(red.output).toMatch(/DUPLICATE_EFFECT/)
    expect(red.output).toMatch(/^RED\b/m)
    expect(red.code).toBe(1)
  })

  test('whose files were damaged on the way is refused before anything is written', async (t) => {
    t.skip(why !== undefined, why)
    await appendFile(join(stick, 'repository', 'package.json'), ' ')
    const { code, output } = await setUp(join(folder, 'nowhere'))
    expect(output).toContain('repository/package.json is damaged. Copy the bundle again.')
    expect(code).toBe(2)
    await expect(readFile(join(folder, 'nowhere', 'package.json'))).rejects.toThrow('ENOENT')
  })

  test('is never set up into itself, nor into a folder of other files', async (t) => {
    t.skip(why !== undefined, why)
    const inside = await setUp(join(stick, 'here'))
    expect(inside.output).toContain('Name a folder outside of this bundle')
    expect(inside.code).toBe(2)
    await writeFile(join(folder, 'home', 'letter.txt'), '')
    const full = await setUp(join(folder, 'home'))
    expect(full.output).toContain('is not empty. Name a new folder')
    expect(full.code).toBe(2)
  })
})

describe('the command bundle', () => {
  test.each([
    [[], 'expected either --out DIR or --check DIR'],
    [['--out', 'a', '--check', 'b'], 'expected either --out DIR or --check DIR'],
    [['--out', join(root, 'stick')], 'expected a folder outside of the repository'],
    [['--out', 'a', '--systems', 'amiga'], 'expected --systems to be some of linux-x64, '],
  ])('%j is answered with what to write instead, and exit code 2', async (args, says) => {
    const { code, output } = await workshop(root, 'bundle', ...args)
    expect(output).toContain(says)
    expect(code).toBe(2)
  })

  test('says in one JSON object that a folder is no bundle, and ends with 1', async () => {
    const { code, output } = await workshop(
      root,
      'bundle',
      '--check',
      import.meta.dirname,
      '--json',
    )
    expect(JSON.parse(output)).toMatchObject({
      ok: false,
      problems: ['the bundle has no checksums.txt: make it again'],
    })
    expect(code).toBe(1)
  })
})
