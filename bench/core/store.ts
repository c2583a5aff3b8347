// Group commit in the store alone: 50 saves at once against one after the other.

import { absent, sqliteStore } from '@workshop/shared/store'
import { best, type Figure, inTurns, perSecond, rounded } from './rounds.ts'
import type { Workbench } from './workbench.ts'

const rounds = 5
const text = 'x'.repeat(1000)

export async function store(workbench: Workbench): Promise<readonly Figure[]> {
  await using store = sqliteStore({ file: workbench.folder('group.sqlite') })
  const saves = (name: string, width: number, count: number) => (round: number) => {
    const keys = Array.from({ length: count }, (_, number) => `${name}-${round}-${number}`)
    return perSecond(keys, { width, work: (key) => store.save(key, text, absent) })
  }
  const rates = await inTurns(
    { group: saves('group', 50, 5000), single: saves('single', 1, 1000) },
    rounds,
  )
  return [
    {
      name: 'group commit',
      ratio: rounded(best(rates.group) / best(rates.single)),
      perSecond: Math.round(best(rates.group)),
    },
  ]
}
