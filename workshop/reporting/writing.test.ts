import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { writePage } from './writing.ts'

const now = new Date(2026, 10, 21, 14, 8, 33)
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workshop report é-'))
  path = join(folder, 'pages', 'report.md')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const read = (): Promise<string> => readFile(path, 'utf8')

test('the page is written, and written again, also into a folder that is not there yet', async () => {
  expect(await writePage(path, '# One\n', now)).toEqual({ path, kept: undefined })
  expect(await read()).toMatch(/^# One\n\n<!-- workshop report /)
  expect(await writePage(path, '# Two\n', now)).toEqual({ path, kept: undefined })
  expect(await read()).toMatch(/^# Two\n/)
  expect(await readdir(join(folder, 'pages'))).toEqual(['report.md'])
})

test('a page that was edited since is kept beside the new one, byte for byte', async () => {
  await writePage(path, '# One\n', now)
  const edited = (await read()).replace('# One', '# One, and a note')
  await writeFile(path, edited)
  const { kept } = await writePage(path, '# Two\n', now)
  expect(kept).toBe(join(folder, 'pages', 'report.kept-2026-11-21_14-08-33.md'))
  expect(await readFile(kept ?? '', 'utf8')).toBe(edited)
  expect(await read()).toMatch(/^# Two\n/)
})

test('where an edited page was kept in this very second, none of the two is lost', async () => {
  await writePage(path, '# One\n', now)
  const edited = (await read()).replace('# One', '# One, and a note')
  await writeFile(path, edited)
  await writePage(path, '# Two\n', now)
  await writeFile(path, edited.replace('a note', 'another'))
  await expect(writePage(path, '# Three\n', now)).rejects.toThrow(SetupProblem)
  expect(await read()).toContain('another')
})

test('an editor that ends its lines in another way has not edited it', async () => {
  await writePage(path, '# One\n\nText.\n', now)
  await writeFile(path, (await read()).replaceAll('\n', '\r\n'))
  expect((await writePage(path, '# Two\n', now)).kept).toBeUndefined()
})

test.each(['', 'my own notes\n', '# Answers\n\n<!-- workshop report soon -->\n'])(
  'a file that is no report (%j) is refused, and left as it is',
  async (text) => {
    await mkdir(join(folder, 'pages'))
    await writeFile(path, text)
    await expect(writePage(path, '# One\n', now)).rejects.toThrow('Name another place')
    await expect(writePage(path, '# One\n', now)).rejects.toThrow(SetupProblem)
    expect(await read()).toBe(text)
  },
)

test('a folder, and a place below a file, are refused as what they are', async () => {
  await mkdir(path, { recursive: true })
  await expect(writePage(path, '# One\n', now)).rejects.toThrow('got a folder')
  await writeFile(join(folder, 'file'), '')
  const below = writePage(join(folder, 'file', 'report.md'), '# One\n', now)
  await expect(below).rejects.toThrow(SetupProblem)
})
