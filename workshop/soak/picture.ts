// The picture of a failure: what became of one order, from the notes of all the processes that had
// a hand in it, in the order in which it happened.

import { basename } from 'node:path'
import type { Violation } from '@workshop/shared/check'
import {
  type Diagram,
  type DiagramEvent,
  folded,
  type Lane,
  lanesOf,
  type Outcome,
} from '@workshop/shared/diagram'
import type { Life } from './crew.ts'
import type { SentCommand } from './judge.ts'
import type { Note } from './notes.ts'

export type Noted = { readonly life: Life; readonly note: Note }

export type PictureOptions = {
  readonly commands: readonly SentCommand[]
  readonly noted: readonly Noted[]
  readonly violation: Violation
}

const client = 'client customer'

/** The run of these commands, folded around what the violation is about. */
export function pictureOf({ commands, noted, violation }: PictureOptions): Diagram {
  const sorted = noted.toSorted((a, b) => a.note.t - b.note.t)
  let step = commands.length
  const sends = commands.map(({ id, item }, index): DiagramEvent => {
    const message = { id, label: `AddItem(${item})` }
    const outcome: Outcome = { is: 'done' }
    const to = 'queue orders'
    return { kind: 'sent', step: index + 1, from: client, to, message, outcome }
  })
  const events = [...sends]
  const down = new Set<string>()
  for (const [index, one] of sorted.entries()) {
    step += 1
    const lane = one.life.slot
    if (down.delete(lane)) events.push({ kind: 'restarted', step, lane })
    const base = { step, work: `${basename(one.life.notes)} ${one.note.work}` }
    events.push(...eventsOf(one, base))
    const isLast = !sorted.slice(index + 1).some(({ life }) => life === one.life)
    if (!isLast || !wasAtWork(sorted, one.life)) continue
    step += 1
    events.push({ kind: 'crashed', step, lane })
    down.add(lane)
  }
  const { code, sentence, about } = violation
  const verdict = { code, sentence, about: [...about, ...commands.map(({ id }) => id)] }
  const diagram = { lanes: lanesIn(events), events }
  return folded({ ...diagram, verdict })
}

/** It ended amid a delivery. */
function wasAtWork(noted: readonly Noted[], life: Life): boolean {
  const notes = noted.filter((one) => one.life === life).map(({ note }) => note)
  const settled = new Set(notes.filter(({ kind }) => kind === 'settled').map(({ work }) => work))
  return life.ending !== 'stopped' && notes.some(({ work }) => !settled.has(work))
}

type Base = { readonly step: number; readonly work: string }

function eventsOf({ life: { slot }, note }: Noted, base: Base): readonly DiagramEvent[] {
  switch (note.kind) {
    case 'delivered': {
      const { queue, id, label, attempt } = note
      const message = { id, label }
      return [{ ...base, kind: 'handed out', from: `queue ${queue}`, to: slot, message, attempt }]
    }
    case 'settled': {
      const { queue, id, label, outcome } = note
      const how = outcome === 'dead-letter' ? 'dead letter' : outcome
      const message = { id, label }
      return [{ ...base, kind: 'settled', from: slot, to: `queue ${queue}`, message, how }]
    }
    case 'saved':
    case 'not saved':
      return [
        {
          ...base,
          about: [note.key],
          kind: 'call',
          from: slot,
          to: 'store',
          label: `save ${note.key}`,
          isWrite: true,
          outcome:
            note.kind === 'saved'
              ? { is: 'done', answer: note.value }
              : { is: 'refused', error: note.error },
        },
      ]
    case 'published': {
      const { to, id, label, error } = note
      const outcome: Outcome =
        error === undefined
          ? { is: 'done' }
          : error === 'Unknown'
            ? { is: 'unknown', error, happened: false }
            : { is: 'refused', error }
      const message = { id, label }
      return [{ ...base, kind: 'sent', from: slot, to: `queue ${to}`, message, outcome }]
    }
    case 'dies':
      return [{ ...base, kind: 'note', lane: slot, text: 'dies before it publishes' }]
  }
}

/** Clients, queues before their consumers, the rest, the store. */
function lanesIn(events: readonly DiagramEvent[]): readonly Lane[] {
  const ids = [...new Set(events.flatMap(lanesOf))]
  const consumed = new Map<string, Set<string>>()
  for (const event of events) {
    if (event.kind !== 'handed out') continue
    consumed.set(event.from, (consumed.get(event.from) ?? new Set()).add(event.to))
  }
  const groups = [...consumed].flatMap(([queue, slots]) => [queue, ...[...slots].toSorted()])
  const others = ids.filter((id) => id !== client && id !== 'store' && !groups.includes(id))
  const ordered = [client, ...groups, ...others, 'store'].filter((id) => ids.includes(id))
  return [...new Set(ordered)].map(laneOf)
}

function laneOf(id: string): Lane {
  const [, kind, title = id] = /^(queue|client) (.+)$/.exec(id) ?? []
  if (kind === 'queue' || kind === 'client') return { id, title, kind }
  return { id, title, kind: id === 'store' ? 'store' : 'process' }
}
