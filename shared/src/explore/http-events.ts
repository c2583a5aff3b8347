// A step of an HTTP exchange as the events of a picture: a request is drawn where it arrives, and
// where it does not, where it was sent.

import type { DiagramEvent, Fate } from '../diagram/index.ts'
import type { HttpDetail } from '../http/index.ts'
import { reasonOf } from '../pipeline/index.ts'
import type { TraceStep } from '../simulation/index.ts'
import { valueInWords } from './words.ts'

type EventBase = Pick<DiagramEvent, 'step' | 'source' | 'about' | 'work' | 'isFault'>

export type Exchanged = {
  readonly step: TraceStep
  readonly base: EventBase
  readonly detail: HttpDetail
  readonly all: readonly TraceStep[]
  /** The lane of a process: an instance, or a client. */
  readonly laneOf: (process: string) => string
}

export const isHttpDetail = (detail: unknown): detail is HttpDetail =>
  typeof detail === 'object' && detail !== null && 'http' in detail

export function httpEvents({
  step,
  base,
  detail,
  all,
  laneOf,
}: Exchanged): readonly DiagramEvent[] {
  const { id, from, server, arrival = 'first', response, isHeard } = detail
  const caller = laneOf(from)
  const label = requestInWords(detail)
  const about = [id]
  const drawn = (to: string, fate: Fate, aside = ''): DiagramEvent => ({
    ...base,
    about,
    kind: 'exchanged',
    from: caller,
    to,
    label,
    fate,
    isCopy: arrival === 'copy',
    aside,
  })
  switch (detail.http) {
    case 'request': {
      if (step.fault === undefined) return []
      const to = instanceOf(server, all)
      if (step.fault === 'delayedRequests') {
        const text = `gives up waiting for ${label}`
        return [{ ...base, about, kind: 'note', lane: caller, text }]
      }
      if (step.fault === 'refusedRequests') return [drawn(to, 'refused', errorIn(step))]
      return [drawn(to, 'lost', errorIn(step))]
    }
    case 'arrive':
      return []
    case 'take': {
      const isLate = arrival !== 'first'
      const aside = { first: '', copy: 'a copy', delayed: 'delayed' }[arrival]
      return [{ ...drawn(step.process, 'arrives', aside), ...(isLate ? { isFault: true } : {}) }]
    }
    case 'respond': {
      const body = bodyInWords(response?.body)
      const fate: Fate = isHeard ? 'arrives' : step.fault === undefined ? 'unheard' : 'lost'
      return [
        {
          ...base,
          about,
          kind: 'exchanged',
          from: step.process,
          to: caller,
          label: String(response?.status ?? ''),
          fate,
          isCopy: false,
          aside: body,
        },
      ]
    }
    case 'hear': {
      if (errorIn(step) === '') return []
      // Nobody would understand what comes next without it: never left out, as no fault is.
      const text = reasonOf(step.answer && 'error' in step.answer ? step.answer.error : '')
      return [{ ...base, about, kind: 'note', lane: caller, text, isFault: true }]
    }
  }
}

/** `POST /payments`, and the key that it carries. */
export function requestInWords({ request }: Pick<HttpDetail, 'request'>): string {
  const key = request.headers['idempotency-key']
  return `${request.method} ${request.path}${key === undefined ? '' : ` ${key}`}`
}

function bodyInWords(body: string | undefined): string {
  if (body === undefined) return ''
  try {
    return valueInWords(JSON.parse(body))
  } catch {
    return body
  }
}

function errorIn({ answer }: TraceStep): string {
  if (!answer || !('error' in answer)) return ''
  return answer.error instanceof Error ? answer.error.name : reasonOf(answer.error)
}

/** An instance that does something in this run, or the first. */
function instanceOf(server: string, all: readonly TraceStep[]): string {
  const taken = all.find(
    ({ detail }) => isHttpDetail(detail) && detail.http === 'take' && detail.server === server,
  )
  return taken?.process ?? `${server}-1`
}
