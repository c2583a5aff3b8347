// The core against the hand-written consumer: the same messages, quorum queues, SQLite that waits
// for the disk. Also, for every message, how long its save had waited when its transaction began.

import { best, type Figure, inTurns, rounded } from './rounds.ts'
import { rateOf } from './contender.ts'
import { handWritten } from './hand-written.ts'
import { onRabbitmq } from './our-core.ts'
import { commands } from './story.ts'
import { Waits } from './waits.ts'
import type { Workbench } from './workbench.ts'

const rounds = 20
/** The largest first: what is compiled while it runs is compiled by then. */
const loads = [
  { prefetch: 50, count: 1500 },
  { prefetch: 10, count: 1000 },
  { prefetch: 1, count: 150 },
] as const

export async function pipeline(workbench: Workbench): Promise<readonly Figure[]> {
  const rabbit = await workbench.rabbit
  const waits = new Waits()
  const file = (name: string): string => workbench.folder(`${name}.sqlite`)
  const contenders = {
    core: waits.over(await onRabbitmq(rabbit, { file: file('core'), onCommit: waits.add })),
    expert: await handWritten({ rabbit, file: file('expert'), marks: 'own' }),
    batched: await handWritten({ rabbit, file: file('batched'), marks: 'batched' }),
  }
  const figures: Figure[] = []
  for (const { prefetch, count } of loads) {
    const round = (name: keyof typeof contenders) => (round: number) =>
      rateOf(contenders[name], commands(`${name}-${prefetch}-${round}`, count), prefetch)
    waits.reset()
    const rates = await inTurns(
      { core: round('core'), expert: round('expert'), batched: round('batched') },
      rounds,
    )
    const [core, expert, batched] = [best(rates.core), best(rates.expert), best(rates.batched)]
    figures.push({
      name: `pipeline at prefetch ${prefetch}`,
      ratio: rounded(core / expert),
      perSecond: Math.round(core),
      expertPerSecond: Math.round(expert),
      ...waits.figures,
    })
    if (prefetch === 50) {
      figures.push({ name: 'pipeline against batched marks', ratio: rounded(core / batched) })
    }
  }
  for (const contender of Object.values(contenders)) await contender.close()
  waits.close()
  return figures
}
