import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as look from './look.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function program(name: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, '#!/bin/sh\n')
  await chmod(file, 0o755)
  return file
}

test('a program is found on the PATH, and a folder of its name is not', async () => {
  const PATH = [join(folder, 'nowhere'), folder].join(delimiter)
  await mkdir(join(folder, 'vim'))
  const file = await program('code')
  expect(await look.onPath('code', { PATH })).toBe(file)
  expect(await look.onPath('vim', { PATH })).toBeUndefined()
  expect(await look.onPath('code', {})).toBeUndefined()
  expect(await look.onPath(file, {}), 'by its path').toBe(file)
})

test.skipIf(process.platform === 'win32')('a file that cannot be run is no program', async () => {
  await writeFile(join(folder, 'nano'), '')
  expect(await look.onPath('nano', { PATH: folder })).toBeUndefined()
})

test('VISUAL goes before EDITOR, its arguments aside, and code is the last resort', async () => {
  await program('subl')
  const PATH = folder
  expect(await look.editor({ PATH, VISUAL: 'subl --wait', EDITOR: 'vi' })).toEqual({
    command: 'subl --wait',
    from: 'VISUAL',
    isFound: true,
  })
  expect(await look.editor({ PATH, EDITOR: 'vi' })).toMatchObject({ command: 'vi', isFound: false })
  expect(await look.editor({ PATH })).toBeUndefined()
  await program('code')
  expect(await look.editor({ PATH, EDITOR: ' ' })).toMatchObject({ command: 'code' })
})

test('pnpm is known from what runs this, from the PATH, and from what npx has kept', async () => {
  const cache = join(folder, 'cache')
  const nowhere = { PATH: '', npm_config_cache: cache }
  const running = { ...nowhere, npm_config_user_agent: 'pnpm/12.21.0 npm/? node/v24.21.0 linux' }
  expect(await look.pnpm(running)).toEqual({ from: 'this run', version: '12.21.0' })
  expect(await look.pnpm(nowhere)).toBeUndefined()
  const kept = async (version: string): Promise<void> => {
    const package_ = join(cache, '_npx', version, 'node_modules', 'pnpm')
    await mkdir(package_, { recursive: true })
    await writeFile(join(package_, 'package.json'), JSON.stringify({ version }))
  }
  await kept('11.9.0')
  expect(await look.pnpm(nowhere), 'not another major version').toBeUndefined()
  await kept('12.3.0')
  expect(await look.pnpm(nowhere)).toEqual({ from: 'npx', version: '12.3.0' })
  await program('pnpm')
  expect(await look.pnpm({ ...nowhere, PATH: folder })).toEqual({ from: 'the PATH' })
})

test('a folder that cannot be made or written says why', async () => {
  expect(await look.writeProblem(join(folder, 'new', 'one'))).toBeUndefined()
  await writeFile(join(folder, 'file'), '')
  expect(await look.writeProblem(join(folder, 'file', 'below'))).toMatch(/^ENOTDIR|^EEXIST|^ENOENT/)
})

test('line endings are told from the pages of the exercises', async () => {
  expect(await look.lineEndings(folder)).toBeUndefined()
  const page = async (name: string, text: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'README.md'), text)
  }
  await page('01-a', '# a\r\n')
  expect(await look.lineEndings(folder)).toBe('CRLF')
  await page('02-b', '# b\n')
  expect(await look.lineEndings(folder)).toBe('LF and CRLF')
  await page('01-a', '# a\n')
  expect(await look.lineEndings(folder)).toBe('LF')
})

test('a port answers while somebody listens, and not afterwards', async () => {
  const server = createServer((socket) => socket.destroy())
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  expect(await look.answers(port, 5000)).toBe(true)
  await new Promise((resolve) => server.close(resolve))
  expect(await look.answers(port, 5000)).toBe(false)
})

test('this machine runs the compiler and SQLite, and may open a port', async () => {
  expect(await look.typescript()).toMatchObject({ version: expect.stringMatching(/^7\./) })
  expect(await look.sqliteVersion()).toMatch(/^3\.\d+/)
  expect(await look.loopbackProblem()).toBeUndefined()
  expect(await look.freeBytes(folder)).toBeGreaterThan(0)
  expect(await look.freeBytes(join(folder, 'nowhere'))).toBeUndefined()
})
