// A diagram as rows, one for each event: its mark, and how each lane stands before and after it.
// Both renderers draw rows; what a lane is doing is worked out here and nowhere else.

import { type Mark, markOf } from './marks.ts'
import {
  type Diagram,
  type DiagramEvent,
  type HandedOut,
  isTrouble,
  type Lane,
  type Settled,
  type Verdict,
} from './model.ts'
import { clean } from './words.ts'

export type Row = {
  readonly event: DiagramEvent
  readonly mark: Mark
  readonly isTrouble: boolean
  /** Of its step; empty where it stands for several, or comes with the next one. */
  readonly number: string
  readonly before: readonly LaneState[]
  readonly after: readonly LaneState[]
  /** Stands on the row after which it broke. */
  readonly verdict?: Verdict
}

/** A process is busy from when it is handed a message until it settles it, and down from a crash
 *  until it starts again. */
export type LaneState = 'idle' | 'busy' | 'down'

/** `lanes` are those in the picture; others are named in words. */
export function rowsOf(diagram: Diagram, lanes: readonly Lane[]): readonly Row[] {
  const { events, verdict } = diagram
  const titles = new Map(diagram.lanes.map(({ id, title }) => [id, clean(title)]))
  const cast = { lanes, titleOf: (id: string) => titles.get(id) ?? clean(id) }
  const stage = new Stage()
  const states = (): LaneState[] => lanes.map(({ id }) => stage.state(id))
  const until = verdict?.step ?? Infinity
  const broke = Math.max(
    0,
    events.findLastIndex(({ step }) => step <= until),
  )
  return events.map((event, index) => {
    const before = states()
    stage.play(event)
    return {
      event,
      mark: markOf(event, cast),
      isTrouble: isTrouble(event),
      number: /^(folded|restarted)$/.test(event.kind) ? '' : String(event.step),
      before,
      after: states(),
      ...(verdict && index === broke ? { verdict } : {}),
    }
  })
}

class Stage {
  readonly #inFlight = new Map<string, Set<string>>()
  readonly #down = new Set<string>()

  state(lane: string): LaneState {
    if (this.#down.has(lane)) return 'down'
    return (this.#inFlight.get(lane)?.size ?? 0) > 0 ? 'busy' : 'idle'
  }

  play(event: DiagramEvent): void {
    if (event.kind === 'handed out') {
      const held = this.#inFlight.get(event.to) ?? new Set()
      this.#inFlight.set(event.to, held.add(workOf(event)))
    } else if (event.kind === 'settled') {
      this.#inFlight.get(event.from)?.delete(workOf(event))
    } else if (event.kind === 'crashed') {
      this.#inFlight.delete(event.lane)
      this.#down.add(event.lane)
    } else if (event.kind === 'restarted') this.#down.delete(event.lane)
  }
}

/** The same message may be in the same hands twice. */
const workOf = ({ work, message }: DiagramEvent & (HandedOut | Settled)): string =>
  work ?? message.id
