// The core on the embedded broker: against the hand-written consumer on RabbitMQ, which is what
// one would have to install otherwise; and a duplicate against a message that comes first.

import { best, type Figure, inTurns, rounded } from './rounds.ts'
import { rateOf } from './contender.ts'
import { handWritten } from './hand-written.ts'
import { onEmbedded, onRabbitmq } from './our-core.ts'
import { commands } from './story.ts'
import { Waits } from './waits.ts'
import type { Workbench } from './workbench.ts'

const rounds = 16
const prefetch = 50
const count = 1000
/** Duplicates are quick: a round of them lasts as long as it takes to measure something. */
const duplicateCount = 4000

export async function embedded(workbench: Workbench): Promise<readonly Figure[]> {
  const rabbit = await workbench.rabbit
  const folder = workbench.folder('embedded')
  const waits = new Waits()
  const contenders = {
    embedded: waits.over(await onEmbedded(folder, { directory: folder, onCommit: waits.add })),
    core: await onRabbitmq(rabbit, { file: workbench.folder('on-rabbitmq.sqlite') }),
    expert: await handWritten({
      rabbit,
      file: workbench.folder('expert-again.sqlite'),
      marks: 'own',
    }),
  }
  const round = (name: keyof typeof contenders) => (round: number) =>
    rateOf(contenders[name], commands(`${name}-${round}`, count), prefetch)
  const rates = await inTurns(
    { embedded: round('embedded'), core: round('core'), expert: round('expert') },
    rounds,
  )
  for (const contender of Object.values(contenders)) await contender.close()
  waits.close()
  const perSecond = best(rates.embedded)
  return [
    {
      name: 'embedded broker against RabbitMQ',
      ratio: rounded(perSecond / best(rates.expert)),
      perSecond: Math.round(perSecond),
      coreOnRabbitmq: rounded(perSecond / best(rates.core)),
      ...waits.figures,
    },
  ]
}

export async function duplicates(workbench: Workbench): Promise<readonly Figure[]> {
  const folder = workbench.folder('duplicates')
  const contender = await onEmbedded(folder, { directory: folder })
  const round = (round: number) =>
    rateOf(contender, commands(`twice-${round}`, duplicateCount), prefetch)
  const rates: Record<'first' | 'again', number[]> = { first: [], again: [] }
  for (let number = 0; number <= rounds; number += 1) {
    rates.first.push(await round(number))
    rates.again.push(await round(number))
  }
  await contender.close()
  return [
    {
      name: 'duplicate path',
      ratio: rounded(best(rates.again) / best(rates.first)),
      perSecond: Math.round(best(rates.again)),
    },
  ]
}
