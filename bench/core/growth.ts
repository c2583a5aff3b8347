// What stays in the store of each message, once it is done and for as long as its record is
// retained: bytes that came in against bytes that stay.

import { mkdir, stat } from 'node:fs/promises'
import type { Contender } from './contender.ts'
import { rateOf } from './contender.ts'
import { handWritten } from './hand-written.ts'
import { onRabbitmq } from './our-core.ts'
import { type Figure, rounded } from './rounds.ts'
import { commands } from './story.ts'
import type { Workbench } from './workbench.ts'

const prefetch = 50
/** The first ones make the orders; what is measured is what the others add. */
const [few, many] = [500, 4500]

export async function growth(workbench: Workbench): Promise<readonly Figure[]> {
  const rabbit = await workbench.rabbit
  await mkdir(workbench.folder('growth'), { recursive: true })
  const bytesOf = async (name: string, open: (file: string) => Promise<Contender>) => {
    const file = workbench.folder(`growth/${name}.sqlite`)
    const sizes: number[] = []
    for (const count of [few, many]) {
      const contender = await open(file)
      await rateOf(contender, commands(`growth-${name}-${count}`, count), prefetch)
      // Closing it takes what is in the log into the file.
      await contender.close()
      sizes.push((await stat(file)).size)
    }
    const [before = 0, after = 0] = sizes
    return (after - before) / many
  }
  const ours = await bytesOf('core', (file) => onRabbitmq(rabbit, { file }))
  const expert = await bytesOf('expert', (file) => handWritten({ rabbit, file, marks: 'own' }))
  const [message] = commands('growth', 1)
  return [
    {
      name: 'store growth',
      ratio: rounded((message?.body.length ?? 0) / ours),
      megabytesPerMillion: Math.round(ours),
      expertMegabytesPerMillion: Math.round(expert),
    },
  ]
}
