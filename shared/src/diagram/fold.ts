// Leaves out what a failure has nothing to do with: whole deliveries that touch nothing that the
// verdict is about, and send nothing to those that do, each as one line in the place of its first
// step; then lanes on which nothing happens any more. It never leaves out a fault, nor the delivery
// that the fault fell into, nor one that was never settled. It does not judge which of the steps
// that it keeps is the mistake.

import {
  type Diagram,
  type DiagramEvent,
  type Folded,
  isTrouble,
  type Lane,
  lanesOf,
} from './model.ts'

export type FoldOptions = {
  /** From more events than this, reads that the failure has nothing to do with go too, out of
   *  deliveries that stay. Default 32, which is what a terminal shows. */
  readonly maxEvents?: number
}

export function folded(diagram: Diagram, { maxEvents = 32 }: FoldOptions = {}): Diagram {
  const about = new Set(diagram.verdict?.about)
  if (about.size === 0) return diagram
  const kept = worksToKeep(diagram.events, about)
  const concerns = (event: DiagramEvent): boolean => concerned(event, about)
  const isStranger = (event: DiagramEvent): boolean =>
    !concerns(event) && !(event.work !== undefined && kept.has(event.work))
  const once = without(diagram, (event) => canGo(event) && isStranger(event))
  if (once.events.length <= maxEvents) return once
  return without(
    diagram,
    (event) => canGo(event) && (isStranger(event) || (isRead(event) && !concerns(event))),
  )
}

/** The works in which something went wrong, which touch what the verdict is about, or which were
 *  never settled: those that a crash broke off, and those that got stuck. */
function worksToKeep(events: readonly DiagramEvent[], about: ReadonlySet<string>): Set<string> {
  const kept = new Set<string>()
  const settled = new Set<string>()
  for (const event of events) {
    if (event.work === undefined) continue
    if (isTrouble(event) || concerned(event, about)) kept.add(event.work)
    if (event.kind === 'settled') settled.add(event.work)
  }
  for (const { kind, work } of events) {
    if (kind === 'handed out' && work !== undefined && !settled.has(work)) kept.add(work)
  }
  return withSenders(events, kept)
}

/** Also the works that sent what these were handed: why a message is there at all. */
function withSenders(events: readonly DiagramEvent[], works: ReadonlySet<string>): Set<string> {
  const kept = new Set(works)
  const handed = new Set<string>()
  // Backwards, as whoever sends comes before whoever is handed it.
  for (const event of events.toReversed()) {
    const { work } = event
    if (work === undefined) continue
    if (event.kind === 'handed out' && kept.has(work)) handed.add(event.message.id)
    if (event.kind === 'sent' && handed.has(event.message.id)) kept.add(work)
  }
  return kept
}

function concerned(event: DiagramEvent, about: ReadonlySet<string>): boolean {
  const ids = [...lanesOf(event), ...(event.about ?? [])]
  if ('message' in event) ids.push(event.message.id)
  return ids.some((id) => about.has(id))
}

const lasting: ReadonlySet<DiagramEvent['kind']> = new Set(['restarted', 'time passed', 'folded'])

const canGo = (event: DiagramEvent): boolean => !isTrouble(event) && !lasting.has(event.kind)

const isRead = (event: DiagramEvent): boolean => event.kind === 'call' && !event.isWrite

type Gap = { readonly place: number; readonly steps: Set<number>; readonly events: DiagramEvent[] }

/** `diagram` without the events that may go, and with a line wherever some went. */
function without(diagram: Diagram, mayGo: (event: DiagramEvent) => boolean): Diagram {
  const left: (DiagramEvent | Gap)[] = []
  const gaps = new Map<string, Gap>()
  for (const event of diagram.events) {
    if (!mayGo(event)) {
      left.push(event)
      continue
    }
    let gap = event.work === undefined ? undefined : gaps.get(event.work)
    const last = left.at(-1)
    if (!gap && last && 'place' in last) gap = last
    if (!gap) left.push((gap = { place: left.length, steps: new Set(), events: [] }))
    gap.steps.add(event.step)
    gap.events.push(event)
    if (event.work !== undefined) gaps.set(event.work, gap)
  }
  const events = left.map((one) => ('place' in one ? lineFor(one, diagram.lanes) : one))
  const inUse = new Set(events.flatMap(lanesOf))
  return { ...diagram, events, lanes: diagram.lanes.filter(({ id }) => inUse.has(id)) }
}

function lineFor({ steps, events }: Gap, lanes: readonly Lane[]): DiagramEvent & Folded {
  const acting = lanes.filter(({ kind }) => kind === 'process' || kind === 'client')
  const ids = new Set(events.flatMap(lanesOf))
  const titles = acting.filter(({ id }) => ids.has(id)).map(({ title }) => title)
  const labels = events.flatMap((event) => ('message' in event ? [event.message.label] : []))
  return {
    kind: 'folded',
    step: Math.min(...steps),
    steps: steps.size,
    titles,
    labels: [...new Set(labels)],
  }
}
