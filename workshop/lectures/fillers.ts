// The kinds of blocks that pages have. Nothing on a page that a machine can check is written by
// hand, so a block of another kind is a problem.

import { estimates, isProgram } from './estimates.ts'
import type { Filled, Filler, Place, Sources } from './filling.ts'
import { pictures } from './pictures.ts'
import { regions } from './regions.ts'

const fillers: readonly Filler[] = [pictures, regions, estimates]

/** What should stand in each place. */
export async function fillAll(
  places: readonly Place[],
  sources: Sources,
): Promise<readonly Filled[]> {
  const filled = await Promise.all(
    fillers.map(({ fills, fill }) => fill(places.filter(fills), sources)),
  )
  return filled.flat()
}

/** The blocks that nothing fills, and that are no program either, as sentences. */
export function strangeBlocks(places: readonly Place[]): readonly string[] {
  const usages = fillers.map(({ usage }) => `\n  ${usage}`).join('')
  return places.flatMap(({ page, block }) => {
    if (fillers.some(({ fills }) => fills({ page, block }))) return []
    if (!isProgram({ page, block })) {
      return [`line ${block.start}: expected a block of one of these kinds:${usages}`]
    }
    const next = page.blocks[page.blocks.indexOf(block) + 1]
    if (next?.info === 'text printed') return []
    return [`line ${block.start}: expected a block "text printed" below this program, got none`]
  })
}
