// The lanes below their heads: thin while nothing is going on, thick while a message is worked
// on, and nothing at all between a crash and the next start.

import type { LaneState, Row } from './rows.ts'
import { colours, line } from './svg-elements.ts'

export type Heights = {
  readonly top: number
  /** The middle of each row: states change there. */
  readonly middles: readonly number[]
  readonly bottom: number
}

type Stretch = { readonly state: LaneState; readonly from: number; to: number }

export function lifelines(rows: readonly Row[], xs: readonly number[], heights: Heights): string[] {
  return xs.flatMap((x, lane) =>
    stretches(rows, lane, heights)
      .filter(({ state }) => state !== 'down')
      .map(({ state, from, to }) => line({ x, y: from }, { x, y: to }, strokes[state])),
  )
}

const strokes = {
  idle: { stroke: colours.lane, 'stroke-width': 1.4 },
  busy: { stroke: colours.work, 'stroke-width': 9 },
  down: {},
} as const

function stretches(
  rows: readonly Row[],
  lane: number,
  { top, middles, bottom }: Heights,
): Stretch[] {
  const all: Stretch[] = [{ state: rows[0]?.before[lane] ?? 'idle', from: top, to: top }]
  for (const [index, { after }] of rows.entries()) {
    const last = all.at(-1)
    const state = after[lane] ?? 'idle'
    if (!last || last.state === state) continue
    last.to = middles[index] ?? bottom
    all.push({ state, from: last.to, to: last.to })
  }
  const last = all.at(-1)
  if (last) last.to = bottom
  return all
}
