// One step of a trace as the events of a picture. The details are those that the resources give
// with their steps; what has none is told by its name.

import type { BrokerDetail } from '../broker/index.ts'
import type { DiagramEvent, Outcome } from '../diagram/index.ts'
import { textOf } from '../message/index.ts'
import { type CallDetail, reasonOf } from '../pipeline/index.ts'
import { sourceOf, type TraceStep } from '../simulation/index.ts'
import type { StoreDetail } from '../store/index.ts'
import { httpEvents, isHttpDetail } from './http-events.ts'
import { labelOf, valueInWords } from './words.ts'

type Steps = readonly TraceStep[]
type EventBase = Pick<DiagramEvent, 'step' | 'source' | 'about' | 'work' | 'isFault'>

export function eventsOf(step: TraceStep, all: Steps): readonly DiagramEvent[] {
  const base = baseOf(step)
  const { detail, kind } = step
  if (kind === 'crash') return [{ ...base, kind: 'crashed', lane: step.process }]
  if (kind === 'time') return [{ ...base, kind: 'time passed', nowMs: step.nowMs }]
  if (kind === 'coin') {
    const isHeads = step.fault !== undefined
    return [{ ...base, kind: 'coin', lane: actorOf(step), label: coinName(step), isHeads }]
  }
  if (kind === 'log') {
    const { text } = detail as { readonly text: string }
    return [{ ...base, kind: 'note', lane: actorOf(step), text }]
  }
  if (isBrokerDetail(detail)) return [brokerEvent({ step, base, detail }, all)]
  if (kind === 'expire' && isStoreDetail(detail)) {
    const about = detail.keys.map(({ key }) => key)
    const text = `${about.join()} has expired`
    // Never left out, as no fault is: what follows would make no sense without it.
    return [{ ...base, about, kind: 'note', lane: 'store', text, isFault: true }]
  }
  if (isStoreDetail(detail)) return [storeEvent({ step, base, detail })]
  if (isHttpDetail(detail)) return httpEvents({ step, base, detail, all, laneOf })
  if (isCallDetail(detail)) return callEvents({ step, base, detail })
  if (kind === 'see') {
    return [{ ...base, kind: 'note', lane: clientLane(step), text: `sees ${step.resource}` }]
  }
  return []
}

/** The pipeline names a coin by the delivery that tosses it; the reader's own name is the last
 *  text. */
function coinName({ resource }: TraceStep): string {
  const [, name] = /"([^"]+)"(?:,\d+)?\]$/.exec(resource) ?? []
  return name ?? resource
}

type Told<Detail> = { readonly step: TraceStep; readonly base: EventBase; readonly detail: Detail }

/** A delivery begins with the step that hands it out. */
function baseOf({ number, stack, lane, opened, fault }: TraceStep): EventBase {
  const source = sourceOf(stack)
  return {
    step: number,
    work: opened ?? lane,
    ...(source ? { source } : {}),
    ...(fault === undefined ? {} : { isFault: true }),
  }
}

const isBrokerDetail = (detail: unknown): detail is BrokerDetail =>
  typeof detail === 'object' && detail !== null && 'step' in detail
const isStoreDetail = (detail: unknown): detail is StoreDetail =>
  typeof detail === 'object' && detail !== null && 'keys' in detail
const isCallDetail = (detail: unknown): detail is CallDetail =>
  typeof detail === 'object' && detail !== null && 'service' in detail

/** Clients are the processes that are no instance of anything. */
const clientLane = ({ process }: TraceStep): string => `client ${process}`

/** The lane of a process: an instance, or a client. */
const laneOf = (process: string): string => (isInstance(process) ? process : `client ${process}`)

const actorOf = (step: TraceStep): string => laneOf(step.process)

function brokerEvent({ step, base, detail }: Told<BrokerDetail>, all: Steps): DiagramEvent {
  const { message } = detail
  const named = { id: message.id, label: labelOf(message.type, message.text) }
  const about = [message.id]
  switch (detail.step) {
    case 'publish': {
      const from = actorOf(step)
      const to = laneFor(detail, all)
      const happened = detail.isStored
      return {
        ...base,
        about,
        kind: 'sent',
        from,
        to,
        message: named,
        outcome: outcomeOf(step, happened),
      }
    }
    case 'receive': {
      const { attempt, copy, queue, fault } = detail
      // What is seen of a duplicate is the copy, when it is handed out.
      const { isFault: _, ...unmarked } = base
      const made = copy === 'duplicate' || copy === 'late copy' ? { copy } : {}
      return {
        ...(fault === 'duplicates' ? unmarked : base),
        about,
        kind: 'handed out',
        from: `queue ${queue}`,
        to: step.process,
        message: named,
        attempt,
        ...made,
        ...(fault === 'reorderings' ? { isOutOfOrder: true } : {}),
      }
    }
    case 'settle': {
      const { outcome, queue, became } = detail
      const how = outcome.kind === 'dead-letter' ? 'dead letter' : outcome.kind
      return {
        ...base,
        about,
        kind: 'settled',
        from: step.process,
        to: `queue ${queue}`,
        message: named,
        how,
        ...('reason' in outcome ? { reason: outcome.reason } : {}),
        ...(became === 'lost' ? { isStale: true } : {}),
      }
    }
    case 'late copy':
      return {
        ...base,
        about,
        kind: 'note',
        lane: `queue ${detail.queue}`,
        text: `a late copy of ${named.label}`,
      }
    case 'lease expires':
      return {
        ...base,
        about,
        kind: 'lease expired',
        lane: `queue ${detail.queue}`,
        message: named,
      }
  }
}

const isInstance = (process: string): boolean => /-\d+$/.test(process)

/** The queue that the message is handed out from later; else the event, or the queue, it was sent
 *  to. */
function laneFor({ to, message }: Extract<BrokerDetail, { step: 'publish' }>, all: Steps): string {
  if ('queue' in to) return `queue ${to.queue}`
  for (const { detail } of all) {
    if (!isBrokerDetail(detail) || detail.step !== 'receive') continue
    if (detail.message.id === message.id) return `queue ${detail.queue}`
  }
  return `event ${to.event}`
}

function outcomeOf({ answer }: TraceStep, happened: boolean, told?: string): Outcome {
  if (answer && 'error' in answer) {
    const { error } = answer
    const name = error instanceof Error ? error.name : reasonOf(error)
    if (name === 'Unknown') return { is: 'unknown', error: name, happened }
    return { is: 'refused', error: name }
  }
  return { is: 'done', ...(told === undefined ? {} : { answer: told }) }
}

function storeEvent({ step, base, detail }: Told<StoreDetail>): DiagramEvent {
  const keys = detail.keys.map(({ key }) => key)
  const isWrite = step.access === 'write'
  const told = detail.keys
    .map(({ before, after, stale }) => {
      if (stale !== undefined) return `${toldOf(stale)}: stale`
      return toldOf(isWrite ? after : before)
    })
    .join(' + ')
  return {
    ...base,
    about: keys,
    kind: 'call',
    from: step.process,
    to: 'store',
    label: `${step.kind === 'save all' ? 'save' : step.kind} ${keys.join(' + ')}`,
    isWrite,
    outcome: outcomeOf(step, detail.isApplied ?? false, told),
  }
}

const toldOf = (loaded: { readonly value: unknown } | null | undefined): string =>
  loaded ? valueInWords(loaded.value) : 'nothing'

function callEvents({ step, base, detail }: Told<CallDetail>): readonly DiagramEvent[] {
  const { caller, message } = detail
  const client = `client ${caller}`
  const named = {
    id: message.id,
    label: labelOf(message.type, textOf(message)),
  }
  const about = [message.id]
  const { process } = step
  const answered = (how: 'thank you' | 'sorry, it failed'): DiagramEvent => ({
    ...base,
    about,
    kind: 'settled',
    from: process,
    to: client,
    message: named,
    how,
  })
  switch (step.kind) {
    case 'take':
      return [
        {
          ...base,
          about,
          kind: 'handed out',
          from: client,
          to: process,
          message: named,
          attempt: 1,
        },
      ]
    case 'answer':
      return [answered('thank you')]
    case 'fail':
      return [answered('sorry, it failed')]
    case 'hear': {
      if (!step.answer || !('error' in step.answer)) return []
      const text = reasonOf(step.answer.error)
      // Nobody would understand her next click without it: never left out, as no fault is.
      return [{ ...base, about, kind: 'note', lane: client, text, isFault: true }]
    }
    default:
      return []
  }
}
