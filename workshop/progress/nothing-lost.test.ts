// Whatever an attendee does, and wherever the process dies: no content is ever lost.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Disk, realDisk } from './place.ts'
import { bringBackMissing, resetExercise, takeSolution, undo } from './restore.ts'
import { Clone } from './testing/clone.ts'

const operations = {
  reset: (clone: Clone) => resetExercise(clone.exercise, clone),
  take: (clone: Clone) => takeSolution(clone.exercise, clone),
  undo: (clone: Clone) => undo([clone.exercise], clone),
  missing: (clone: Clone) => bringBackMissing(clone.exercise, clone),
}
type Name = keyof typeof operations

/** A disk that stops for good at a step, as it does for a process that is killed: before it,
 *  in the middle of what is written, or right after it. */
function stopping(step: number, how: 'before' | 'half' | 'after'): [Disk, Promise<void>] {
  const stopped = Promise.withResolvers<void>()
  let steps = 0
  const guard =
    <Args extends readonly [string, ...unknown[]]>(work: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      steps += 1
      if (steps === step && how === 'half' && args[1] instanceof Uint8Array) {
        const half = args[1].subarray(0, args[1].length / 2)
        const name = `.workshop-${2 ** 22 + 17}-0123456789ab.tmp`
        const isNew = work === (realDisk.write as unknown)
        await realDisk.write(isNew ? args[0] : join(args[0], '..', name), half)
      } else if (steps !== step || how === 'after') await work(...args)
      if (steps < step) return
      stopped.resolve()
      await new Promise(() => undefined)
    }
  const { write, replace, remove } = realDisk
  return [{ write: guard(write), replace: guard(replace), remove: guard(remove) }, stopped.promise]
}

type Killed = { readonly step: number; readonly how: 'before' | 'half' | 'after' }

/** Runs an operation, to its end or until it is killed. Whether it came to its end. */
async function operate(clone: Clone, name: Name, killed?: Killed): Promise<boolean> {
  const [disk, stopped] = killed ? stopping(killed.step, killed.how) : [realDisk, undefined]
  clone.disk = disk
  const ended = operations[name](clone).then(() => true)
  const isWhole = await (stopped ? Promise.race([ended, stopped.then(() => false)]) : ended)
  clone.disk = realDisk
  // The process is gone, and nobody waits for its locks: lock.test.ts.
  if (!isWhole) await rm(join(clone.workshop, 'locks'), { recursive: true })
  return isWhole
}

const paths = ['orders.ts', 'sub/deep.ts', 'extra.ts', 'notes.md', 'README.md']
const content = fc.oneof(
  fc.uint8Array({ maxLength: 8 }),
  fc
    .constantFrom('export const orders = 1\r\n', 'export const orders = 2\n', '')
    .map((text) => Buffer.from(text)),
)
const killed = fc.record({
  step: fc.integer({ min: 1, max: 9 }),
  how: fc.constantFrom('before', 'half', 'after'),
})
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ path: fc.constantFrom(...paths), content }) },
  { weight: 1, arbitrary: fc.record({ path: fc.constantFrom(...paths) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      name: fc.constantFrom<Name[]>('reset', 'take', 'undo', 'missing'),
      killed: fc.option(killed, { nil: undefined, freq: 3 }),
      later: fc.integer({ min: 0, max: 1500 }),
    }),
  },
)

async function expectNothingLost(clone: Clone, before: Record<string, string>): Promise<void> {
  const everything = await clone.everything()
  for (const [path, bytes] of Object.entries(before)) {
    expect(everything.has(bytes), `${path}: ${JSON.stringify(bytes)}`).toBe(true)
  }
}

test('no content is lost by any sequence of edits, resets, take-overs, undos and kills', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 10 }), async (happenings) => {
      await using clone = await Clone.make()
      for (const one of happenings) {
        if (!('name' in one)) {
          if ('content' in one) await clone.put(one.path, one.content)
          else await clone.delete(one.path)
          continue
        }
        const before = await clone.files()
        clone.at = new Date(clone.at.getTime() + one.later)
        await operate(clone, one.name, one.killed)
        await expectNothingLost(clone, before)
      }
    }),
    { numRuns: 60, seed: 20261121 },
  )
})

test.each<Name>(['reset', 'take'])(
  'killed at any step of a %s, the work is where it was, or comes back with one undo',
  async (name) => {
    for (const how of ['before', 'half', 'after'] as const) {
      for (let step = 1; step <= 20; step += 1) {
        await using clone = await Clone.make()
        await clone.put('orders.ts', 'mine')
        await clone.put('sub/deep.ts', 'mine too')
        await clone.put('notes.md', 'my notes')
        await clone.delete('README.md')
        const before = await clone.files()
        const isWhole = await operate(clone, name, { step, how })
        const undone = await undo([clone.exercise], clone)
        expect(await clone.files(), `${how} step ${step}`).toEqual(before)
        if (!isWhole) continue
        expect(undone).toBeDefined()
        expect(step).toBeGreaterThan(5)
        break
      }
    }
  },
  60_000,
)
