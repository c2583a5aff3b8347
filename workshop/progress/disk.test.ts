import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  ChangedMeanwhile,
  isTemporary,
  readPlain,
  removeFile,
  renamedTo,
  replaceFile,
  retrying,
  sweep,
  temporaryName,
} from './disk.ts'
import { Clone } from './testing/clone.ts'

const failing = (code: string, times: number) => {
  let tries = 0
  return async () => {
    tries += 1
    if (tries <= times) throw Object.assign(new Error(code), { code })
    return tries
  }
}
const waits: number[] = []
const windows = { isWindows: true, wait: async (ms: number) => waits.push(ms) }

test.each(['EPERM', 'EACCES', 'EBUSY'])('on Windows, %s passes by itself', async (code) => {
  expect(await retrying(failing(code, 9), windows)).toBe(10)
  await expect(retrying(failing(code, 10), windows)).rejects.toThrow(code)
  const total = waits.splice(0).reduce((sum, ms) => sum + ms, 0) / 2
  expect(total).toBeLessThanOrEqual(2000)
})

test('elsewhere, and for any other reason, a failure is one at once', async () => {
  await expect(retrying(failing('EPERM', 1), { isWindows: false })).rejects.toThrow('EPERM')
  await expect(retrying(failing('ENOSPC', 1), windows)).rejects.toThrow('ENOSPC')
})

test('a file is replaced only while it holds what is expected', async () => {
  await using clone = await Clone.make()
  const path = join(clone.folder, 'orders.ts')
  const before = await readFile(path)
  const bytes = Buffer.from('new')
  await expect(replaceFile(path, bytes, { bytes })).rejects.toThrow(ChangedMeanwhile)
  await expect(replaceFile(path, bytes, { bytes: undefined })).rejects.toThrow(ChangedMeanwhile)
  await expect(removeFile(path, { bytes })).rejects.toThrow(ChangedMeanwhile)
  expect(await readFile(path)).toEqual(before)
  await replaceFile(path, bytes, { bytes: before })
  expect(await clone.read('orders.ts')).toBe('new')
  await removeFile(path, { bytes })
  await replaceFile(join(clone.folder, 'new/one.ts'), bytes, { bytes: undefined })
  expect(await clone.read('new/one.ts')).toBe('new')
  expect((await readdir(clone.folder)).filter(isTemporary)).toEqual([])
})

test.skipIf(process.platform === 'win32')('a replaced file keeps who may do what', async () => {
  await using clone = await Clone.make()
  const path = join(clone.folder, 'run.sh')
  await writeFile(path, 'old', { mode: 0o755 })
  await replaceFile(path, Buffer.from('new'))
  expect((await stat(path)).mode & 0o111).toBe(0o111)
})

test('what is no plain file is not read', async () => {
  await using clone = await Clone.make()
  await symlink(join(clone.folder, 'orders.ts'), join(clone.folder, 'link.ts'))
  expect(await readPlain(join(clone.folder, 'link.ts'))).toBe('aside')
  expect(await readPlain(clone.folder)).toBe('aside')
  expect(await readPlain(join(clone.folder, 'nothing.ts'))).toBeUndefined()
})

test('a name on the way is short, hidden, and of no kind that a test or a compiler looks for', () => {
  expect(temporaryName()).toMatch(/^\.workshop-\d+-[0-9a-f]{12}\.tmp$/)
  expect(temporaryName().length).toBeLessThanOrEqual(40)
  expect(isTemporary(temporaryName())).toBe(true)
  expect(isTemporary('.workshop-notes.tmp')).toBe(false)
})

test('only what processes that are gone have left is swept away', async () => {
  await using clone = await Clone.make()
  const mine = temporaryName()
  const left = `.workshop-${2 ** 22 + 17}-0123456789ab.tmp`
  await clone.put(mine, 'on its way')
  await clone.put(`${left}/half.ts`, 'half')
  await sweep(clone.folder)
  const names = await readdir(clone.folder)
  expect(names).toContain(mine)
  expect(names).not.toContain(left)
  expect(names).toContain('orders.ts')
})

test('a folder is renamed to a name that is free, or not at all', async () => {
  await using clone = await Clone.make()
  const [from, to] = [join(clone.root, 'from'), join(clone.root, 'to')]
  expect(await renamedTo(from, to)).toBe(false)
  await mkdir(from)
  expect(await renamedTo(from, clone.folder)).toBe(false)
  expect(await renamedTo(from, join(clone.folder, 'orders.ts'))).toBe(false)
  expect(await renamedTo(from, to)).toBe(true)
})
