import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileEventsArrive } from './probe.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A watcher that never tells of anything, as on some mounted drives. */
class Deaf extends EventEmitter {
  isClosed = false
  close(): void {
    this.isClosed = true
  }
}

test('events reach a folder of this machine, and the probe leaves nothing behind', async () => {
  const below = join(folder, 'is', 'made')
  expect(await fileEventsArrive(below, { limitMs: 10_000 })).toBe(true)
  expect(await readdir(below)).toEqual([])
})

test('where no event comes, the wait ends and the answer is no', async () => {
  const deaf = new Deaf()
  expect(await fileEventsArrive(folder, { limitMs: 1, watchFolder: () => deaf })).toBe(false)
  expect(deaf.isClosed).toBe(true)
  expect(await readdir(folder)).toEqual([])
})

test('where the system has no watch left to give, the answer is no', async () => {
  const full = (): never => {
    throw Object.assign(new Error('no watches left'), { code: 'ENOSPC' })
  }
  expect(await fileEventsArrive(folder, { limitMs: 1, watchFolder: full })).toBe(false)
  const late = new Deaf()
  const asked = fileEventsArrive(folder, {
    limitMs: 60_000,
    watchFolder: () => {
      queueMicrotask(() => late.emit('error', new Error('no watches left')))
      return late
    },
  })
  expect(await asked).toBe(false)
})

test('where nothing can be written, the answer is no', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  expect(await fileEventsArrive(join(file, 'below'), { limitMs: 1 })).toBe(false)
})

test('an event that was missed while the watcher started is made again', async () => {
  const dozing = new Deaf()
  const asked = fileEventsArrive(folder, {
    limitMs: 60_000,
    watchFolder: (_folder, onEvent) => {
      dozing.on('second write', onEvent)
      return dozing
    },
  })
  const written = new Set<string>()
  while (written.size < 2) {
    const [probe = ''] = await readdir(folder)
    const text = await readFile(join(folder, probe, 'probe'), 'utf8').catch(() => '')
    if (text !== '') written.add(text)
  }
  dozing.emit('second write')
  expect(await asked).toBe(true)
})
