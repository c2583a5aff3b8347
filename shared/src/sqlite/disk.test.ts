import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskUnder } from './disk.ts'
import { testDirectory } from './testing/directory.ts'
import { heldDisk } from './testing/held-disk.ts'

async function aDisk() {
  const own = await testDirectory()
  const file = join(own.directory, 'log')
  writeFileSync(file, 'some bytes')
  return { disk: diskUnder(file), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() }
}

/** How `promises` are by now: `-` for one that has not settled. */
async function ended(promises: readonly Promise<unknown>[]): Promise<readonly string[]> {
  await new Promise((resolve) => setImmediate(resolve))
  return Promise.all(
    promises.map((one) =>
      Promise.race([
        one.then(
          () => 'kept',
          (error: unknown) => String(error),
        ),
        Promise.resolve()
          .then(() => undefined)
          .then(() => undefined)
          .then(() => '-'),
      ]),
    ),
  )
}

test('whoever comes while it is at work shares the next wait, and never the current one', async () => {
  using held = await heldDisk()
  await using own = await aDisk()
  const first = own.disk.flushed()
  await held.asked()
  const next = [own.disk.flushed(), own.disk.flushed()]
  expect(await ended([first, ...next])).toEqual(['-', '-', '-'])
  expect(held.waiting).toBe(1)
  held.letGo()
  await first
  await held.asked()
  expect(await ended(next)).toEqual(['-', '-'])
  expect(held.waiting).toBe(1)
  held.letGo()
  await Promise.all(next)
  await own.disk.close()
})

test('those who come in one turn share a wait', async () => {
  using held = await heldDisk()
  await using own = await aDisk()
  const waits = [own.disk.flushed(), own.disk.flushed(), own.disk.flushed()]
  await held.asked()
  held.letGo()
  await Promise.all(waits)
  expect(held.waiting).toBe(0)
  await own.disk.close()
})

test('what it has lost it tells those whose bytes it had, and no others', async () => {
  using held = await heldDisk()
  await using own = await aDisk()
  const first = own.disk.flushed()
  await held.asked()
  const next = own.disk.flushed()
  held.letGo(new Error('EIO'))
  await expect(first).rejects.toThrow('EIO')
  await held.asked()
  held.letGo()
  await next
  await own.disk.close()
})

test('closing it waits for what is under way', async () => {
  using held = await heldDisk()
  await using own = await aDisk()
  const first = own.disk.flushed()
  await held.asked()
  const next = own.disk.flushed()
  const closing = own.disk.close()
  held.letGo()
  await held.asked()
  expect(await ended([closing])).toEqual(['-'])
  held.letGo()
  await Promise.all([first, next, closing])
})
