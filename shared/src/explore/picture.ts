// A trace of the simulated world as a diagram: which lane each step belongs to, and what it says in
// the words of the story.

import {
  type Diagram,
  type DiagramEvent,
  folded,
  type Lane,
  lanesOf,
  textDiagram,
} from '../diagram/index.ts'
import type { Finding, Trace } from '../simulation/index.ts'
import { eventsOf } from './picture-events.ts'
import { columnsAskedFor } from './replay-line.ts'

/** The diagram of a run, whole: with a verdict where it failed. */
export function diagramOf(trace: Trace, finding?: Finding): Diagram {
  const events = withRestarts(trace.steps.flatMap((step) => eventsOf(step, trace.steps)))
  const lanes = orderedLanes(events)
  if (!finding) return { lanes, events }
  const { code, sentence, about = [] } = finding
  return { lanes, events, verdict: { code, sentence, about: knownIn(events, about) } }
}

/** As many lines as a terminal shows together with what stands around them. */
const mostLines = 44

/** What a terminal shows of it: what matters to the failure, if there is one. Where that is still
 *  too much, how it began and how it ended. */
export function pictureOf(trace: Trace, finding?: Finding): string {
  if (trace.steps.length === 0) return ''
  const lines = textDiagram(folded(diagramOf(trace, finding)), { columns: columnsAskedFor() })
    .trimEnd()
    .split('\n')
  if (lines.length <= mostLines) return lines.join('\n')
  const half = mostLines / 2
  const left = lines.length - 2 * half
  return [
    ...lines.slice(0, half),
    `     … ${left} lines in between: a replay shows every step`,
    ...lines.slice(-half),
  ].join('\n')
}

/** A process that crashed is seen to be away until it does something again. */
function withRestarts(events: readonly DiagramEvent[]): readonly DiagramEvent[] {
  const down = new Set<string>()
  return events.flatMap((event): readonly DiagramEvent[] => {
    if (event.kind === 'crashed') down.add(event.lane)
    else {
      const lane = lanesOf(event).find((id) => down.delete(id))
      if (lane !== undefined) return [{ kind: 'restarted', step: event.step, lane }, event]
    }
    return [event]
  })
}

/** What of `about` is in the picture at all; a delivery, such as `given-1#2`, by its message. */
function knownIn(events: readonly DiagramEvent[], about: readonly string[]): readonly string[] {
  const known = new Set(events.flatMap((event) => [...(event.about ?? []), ...lanesOf(event)]))
  return about.map((name) => name.replace(/#\d+$/, '')).filter((name) => known.has(name))
}

/** In the order in which a message travels: clients, queues, each before its consumers, stores. */
function orderedLanes(events: readonly DiagramEvent[]): readonly Lane[] {
  const ids = new Set<string>()
  const consumers = new Map<string, Set<string>>()
  for (const event of events) {
    for (const id of lanesOf(event)) ids.add(id)
    if (event.kind === 'handed out') {
      consumers.set(event.from, (consumers.get(event.from) ?? new Set()).add(event.to))
    }
  }
  const all = [...ids].map((id) => laneOf(id))
  const ofKind = (kind: Lane['kind']): readonly Lane[] => all.filter((lane) => lane.kind === kind)
  const consumed = ofKind('queue').filter(({ id }) => consumers.has(id))
  const groups = consumed.flatMap((queue) => {
    const taking = [...(consumers.get(queue.id) ?? [])].toSorted().map((id) => laneOf(id))
    return [queue, ...taking]
  })
  const ordered = [
    ...ofKind('client'),
    ...groups,
    ...ofKind('process'),
    ...ofKind('queue'),
    ...ofKind('store'),
  ]
  return [...new Map(ordered.map((lane) => [lane.id, lane])).values()]
}

/** `queue orders`, `event ItemAdded`, `store`, `client ann`, and the names of processes. */
function laneOf(id: string): Lane {
  const [, prefix, name = id] = /^(queue|event|client) (.+)$/.exec(id) ?? []
  if (prefix === 'client') return { id, title: name, kind: 'client' }
  if (prefix !== undefined) return { id, title: name, kind: 'queue' }
  return { id, title: id, kind: id === 'store' ? 'store' : 'process' }
}
