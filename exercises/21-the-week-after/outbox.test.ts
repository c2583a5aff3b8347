import { effectOnce, effectTimes, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { test } from 'vitest'
import { counted, dayMs, ordered } from './promises.ts'

const countedOnce = (end: View) => effectOnce(counted(end), 'candle')

const modes = ['vanishes', 'lingers'] as const

test.each(modes)('where a mark %s in the end, a copy of last week has no effect', async (mode) => {
  const specification = ordered([0], mode)
  await explore({
    ...specification,
    faults: { lateCopies: 1 },
    finally: (end) => [countedOnce(end), ...specification.finally(end)],
  })
})

test.each(modes)(
  'where a mark %s while a copy is handled, the copy has no effect',
  async (mode) => {
    await explore({ ...ordered([0], mode), time: 'adversarial', faults: { duplicates: 1 } })
  },
)

test('two copies that meet have the effect of one', () =>
  explore({ ...ordered([0], 'vanishes'), instances: 2, faults: { duplicates: 1 } }))

test('what was saved is announced, however late its process comes back', () =>
  explore({ ...ordered([0, 0], 'vanishes'), time: 'adversarial', faults: { crashes: 1 } }))

test.each([
  ['was on its way for six days', -6 * dayMs],
  ['comes from a clock that is a second ahead', 1000],
])('a message that %s is counted, and its copy is not', async (_name, sentAtMs) => {
  const specification = ordered([sentAtMs], 'vanishes')
  await explore({
    ...specification,
    faults: { lateCopies: 1 },
    finally: (end) => [countedOnce(end), ...specification.finally(end)],
  })
})

test.each([
  ['does not say when it was sent', ''],
  ['says it in words', 'yesterday'],
  ['comes from tomorrow', dayMs],
  ['is a week old', -7 * dayMs],
])('a message that %s is refused', async (_name, sentAtMs) => {
  const specification = ordered([sentAtMs], 'vanishes')
  await explore({
    ...specification,
    finally: (end) => [effectTimes(counted(end), 'candle', 0), ...specification.finally(end)],
  })
})
