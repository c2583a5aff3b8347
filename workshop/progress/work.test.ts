import { rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Clone } from './testing/clone.ts'
import { startHash, workOn } from './work.ts'

const nothing = { changed: [], missing: [], added: [], aside: [] }

test('an exercise as it came is no work', async () => {
  await using clone = await Clone.make()
  expect(await workOn(clone.exercise, clone)).toEqual(nothing)
})

test('files are changed, missing or added, in folders too', async () => {
  await using clone = await Clone.make()
  await clone.put('sub/deep.ts', 'mine')
  await clone.put('sub/more/notes.md', 'mine')
  await clone.put('a.txt', '')
  await clone.delete('orders.test.ts')
  expect(await workOn(clone.exercise, clone)).toEqual({
    changed: ['sub/deep.ts'],
    missing: ['orders.test.ts'],
    added: ['a.txt', 'sub/more/notes.md'],
    aside: [],
  })
})

test('an exercise whose folder is gone misses everything', async () => {
  await using clone = await Clone.make()
  await rm(clone.folder, { recursive: true })
  const { missing, ...others } = await workOn(clone.exercise, clone)
  expect(missing).toEqual([...clone.exercise.start.keys()].sort())
  expect(others).toEqual({ changed: [], added: [], aside: [] })
})

test('line ends alone are no change, whatever else is one', async () => {
  await using clone = await Clone.make()
  await clone.put('orders.ts', 'export const orders = 1\r\n')
  await clone.put('README.md', '# Outbox')
  await clone.put('sub/deep.ts', 'export const deep = 1\r')
  expect(await workOn(clone.exercise, clone)).toEqual({
    ...nothing,
    changed: ['README.md', 'sub/deep.ts'],
  })
})

test('bytes that are no text are compared as bytes', async () => {
  await using clone = await Clone.make()
  // Read as text, both would hold the same sign for what cannot be read.
  const start = new Map([['data.bin', Buffer.from([0xff]).toString()]])
  await clone.put('data.bin', Buffer.from([0xfe]))
  const { changed } = await workOn({ folder: '13-outbox', start }, clone)
  expect(changed).toEqual(['data.bin'])
})

test('names may be long and of any letters', async () => {
  await using clone = await Clone.make()
  const names = [`${'x'.repeat(240)}.ts`, 'Überraschung für Zoë 🎁.ts', 'a b.ts'].sort()
  for (const name of names) await clone.put(name, name)
  expect((await workOn(clone.exercise, clone)).added).toEqual(names)
})

test('links are not followed, wherever they stand', async () => {
  await using clone = await Clone.make()
  await clone.putAt('secret/deep.ts', 'secret')
  await clone.delete('orders.ts')
  await clone.delete('sub')
  await symlink(join(clone.root, 'secret'), join(clone.folder, 'sub'))
  await symlink(join(clone.root, 'secret'), join(clone.folder, 'more'))
  await symlink(join(clone.root, 'secret/deep.ts'), join(clone.folder, 'orders.ts'))
  await symlink(clone.folder, join(clone.folder, 'around'))
  expect(await workOn(clone.exercise, clone)).toEqual({
    ...nothing,
    aside: ['around', 'more', 'orders.ts', 'sub', 'sub/deep.ts'],
  })
})

test('what stands in the place of a file, and packages, are left aside', async () => {
  await using clone = await Clone.make()
  await clone.delete('orders.ts')
  await clone.put('orders.ts/inner.ts', 'mine')
  await clone.put('node_modules/left-pad/index.js', '')
  await clone.put('.DS_Store', '')
  expect(await workOn(clone.exercise, clone)).toEqual({
    ...nothing,
    aside: ['node_modules', 'orders.ts'],
  })
})

test('a file over 16 MiB, and more than 500 of them, are left aside', async () => {
  await using clone = await Clone.make()
  await writeFile(join(clone.folder, 'large.bin'), Buffer.alloc(16 * 1024 * 1024 + 1))
  for (let number = 0; number < 502; number += 1) await clone.put(`many/${number}`, '')
  const { added, aside } = await workOn(clone.exercise, clone)
  expect(added).toHaveLength(500)
  expect(aside).toHaveLength(3)
  expect(aside[0]).toBe('large.bin')
})

test('a start has one hash, whatever the order and the line ends of its files', () => {
  const one = {
    start: new Map([
      ['a', '1\n2\n'],
      ['b', ''],
    ]),
  }
  const same = {
    start: new Map([
      ['b', ''],
      ['a', '1\r\n2\r\n'],
    ]),
  }
  const others = [
    [['a', '1\n2\n']],
    [
      ['a', '1\n2\nb'],
      ['', ''],
    ],
    [
      ['a', '1\n3\n'],
      ['b', ''],
    ],
  ]
  expect(startHash(one)).toMatch(/^sha256:[0-9a-f]{16}$/)
  expect(startHash(same)).toBe(startHash(one))
  for (const other of others) {
    expect(startHash({ start: new Map(other as [string, string][]) })).not.toBe(startHash(one))
  }
})
