import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { looksOf, onSaves, pollingMs, type SavesOptions } from './saves.ts'

afterEach(() => vi.useRealTimers())

/** A folder that is made up: what it looks like, and its events. */
function madeUp(hasEvents: boolean) {
  vi.useFakeTimers()
  const folder = { looks: 'one', saves: 0 }
  const told: ((event: string, file: string | null) => void)[] = []
  const closed: string[] = []
  const options: SavesOptions = {
    hasEvents,
    look: () => Promise.resolve(folder.looks),
    watchFolder: (_folder, onEvent) => {
      told.push(onEvent)
      return { on: () => undefined, close: () => closed.push('watcher') }
    },
  }
  const end = onSaves('any', () => (folder.saves += 1), options)
  return { folder, closed, end, tell: (file: string | null) => told[0]?.('change', file) }
}

test('a burst of events is one save, and code alone counts', async () => {
  const { folder, tell, end } = madeUp(true)
  for (const file of ['orders.ts', 'orders.ts', null]) tell(file)
  await vi.advanceTimersByTimeAsync(100)
  expect(folder.saves).toBe(1)
  for (const file of ['README.md', '.orders.ts.swp', '.orders.ts']) tell(file)
  await vi.advanceTimersByTimeAsync(100)
  expect(folder.saves).toBe(1)
  end()
})

test('a change that no event tells of is found by looking, once', async () => {
  const { folder, end } = madeUp(false)
  await vi.advanceTimersByTimeAsync(pollingMs)
  expect(folder.saves).toBe(0)
  folder.looks = 'two'
  await vi.advanceTimersByTimeAsync(2 * pollingMs)
  expect(folder.saves).toBe(1)
  await vi.advanceTimersByTimeAsync(5 * pollingMs)
  expect(folder.saves).toBe(1)
  end()
})

test('where events arrive a folder that was replaced is found too, and no save is told twice', async () => {
  const { folder, tell, end } = madeUp(true)
  await vi.advanceTimersByTimeAsync(10)
  folder.looks = 'two'
  tell('orders.ts')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(folder.saves).toBe(1)
  folder.looks = 'three'
  await vi.advanceTimersByTimeAsync(10_000)
  expect(folder.saves).toBe(2)
  end()
})

test('nothing is told after its end', async () => {
  const { folder, tell, end, closed } = madeUp(true)
  tell('orders.ts')
  end()
  folder.looks = 'two'
  await vi.advanceTimersByTimeAsync(10_000)
  expect(folder.saves).toBe(0)
  expect(closed).toEqual(['watcher'])
})

test.for([true, false])(
  'a file that is replaced by another is a save (events: %s)',
  async (has) => {
    const folder = await mkdtemp(join(tmpdir(), 'workshop-saves-'))
    const saved = Promise.withResolvers<void>()
    await writeFile(join(folder, 'orders.ts'), 'one')
    await writeFile(join(folder, '.next'), 'two, and longer')
    const looked = Promise.withResolvers<void>()
    const end = onSaves(folder, saved.resolve, {
      hasEvents: has,
      ...(has ? {} : { look: lookAt(folder, looked.resolve) }),
    })
    if (!has) await looked.promise
    try {
      await rename(join(folder, '.next'), join(folder, 'orders.ts'))
      await saved.promise
    } finally {
      end()
      await rm(folder, { recursive: true, force: true })
    }
  },
)

/** Tells when the folder was looked at for the first time. */
const lookAt = (folder: string, onLook: () => void) => async (): Promise<string> => {
  const looks = await looksOf(folder)
  setImmediate(onLook)
  return looks
}
