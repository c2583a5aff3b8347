// A search that leaves out states which it has met before is a proof only if no two states that
// differ are taken for one. So searches of random programs are compared with searches that leave
// out nothing, and mistakes that were planted on purpose have to come to light in the same way.

import { expect, test } from 'vitest'
import { drive, findDrain } from './drive.ts'
import type { Pause } from './run.ts'
import { compare, type Comparison, type Searching } from './testing/fuzz/compare.ts'
import { plants } from './testing/fuzz/plants.ts'
import { type Program, programOf } from './testing/fuzz/program.ts'

const count = 2000

type Compared = { readonly program: Program; readonly comparison: Comparison | undefined }

/** Compares program after program, until one shows what `isEnough`. */
async function compareAll(
  plant: Searching['plant'],
  isEnough: (compared: Compared) => boolean = () => false,
): Promise<readonly Compared[]> {
  const drain = await findDrain()
  const all: Compared[] = []
  const work = function* (): Generator<Pause | undefined, void> {
    for (let seed = 1; seed <= count; seed += 1) {
      const program = programOf(seed)
      const comparison = yield* compare(program, { drain, ...(plant && { plant }) })
      all.push({ program, comparison })
      if (isEnough({ program, comparison })) return
    }
  }
  await drive(work(), { drain, onRealTime: () => undefined })
  return all
}

const hasDifference = ({ comparison }: Compared): boolean =>
  (comparison?.differences.length ?? 0) > 0

test('leaving out states that were met before changes no end of 2,000 random programs', async () => {
  const all = await compareAll(undefined)
  expect(all.filter(hasDifference)).toEqual([])

  const plain = all.flatMap(({ comparison }) => (comparison ? [comparison.plain] : []))
  const share = (what: (seen: Comparison['plain']) => boolean): number =>
    plain.filter(what).length / count
  expect(plain.length / count, 'small enough for a plain search').toBeGreaterThan(0.98)
  expect(
    share(({ ends }) => ends.length > 1),
    'with several ends',
  ).toBeGreaterThan(0.5)
  expect(
    share(({ hadFault }) => hadFault),
    'with a fault',
  ).toBeGreaterThan(0.3)
  expect(
    share(({ hasWaited }) => hasWaited),
    'with a wait for a guard',
  ).toBeGreaterThan(0.3)
})

test.each(Object.entries(plants))('the same comparison finds %s', async (_name, plant) => {
  const compared = await compareAll(plant, hasDifference)
  expect(hasDifference(compared.at(-1)!)).toBe(true)
})
