// Properties of requests and responses: what servers have answered, and what clients were told.

import { type HttpEvent, responseOf } from '../http/index.ts'
import { canonicalJson } from '../message/index.ts'
import type { HttpHeaders, HttpResponse } from '../world/index.ts'
import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

/** A request, and the response that a server gave to one arrival of it. */
export type Answered = {
  /** The same for all copies of a request. */
  readonly id: string
  readonly caller: string
  readonly server: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: HttpHeaders
    readonly body: unknown
  }
  readonly response: HttpResponse
}

/** What servers have answered, heard or not, in order. */
export const responses = (end: View): readonly Answered[] =>
  end.history.flatMap((event) => (event.kind === 'responded' ? [answeredBy(event)] : []))

/** How each request of `caller` ended for it, in order: with a response, `Unknown` or
 *  `Unavailable`. */
export function heardBy(end: View, caller: string): readonly (HttpResponse | string)[] {
  return end.history.flatMap((event) => {
    if (event.kind !== 'heard' || event.caller !== caller) return []
    return ['response' in event ? responseOf(event.response) : event.error.name]
  })
}

/** How many requests `caller` has sent. */
export const sentBy = (end: View, caller: string): number =>
  end.history.filter((event) => event.kind === 'requested' && event.caller === caller).length

/** `caller` was told these statuses, in this order, and nothing else. Where nobody answered it says
 *  `Unknown` or `Unavailable`. `WRONG_ANSWER` otherwise. */
export function told(
  end: View,
  caller: string,
  wanted: readonly (number | 'Unknown' | 'Unavailable')[],
): Verdict {
  const got = heardBy(end, caller).map((one) => (typeof one === 'string' ? one : one.status))
  if (wanted.join() === got.join()) return undefined
  const sentence = `expected ${caller} to be told ${inWords(wanted)}, got ${inWords(got)}`
  return new Violation('WRONG_ANSWER', sentence, { about: [`client ${caller}`, caller] })
}

/** All responses to what `thing` gives one name for are the same: status and body. Those that it
 *  has no name for may differ, as may headers. `CONTENT_DIFFERS` otherwise. */
export function oneAnswer(end: View, thing: (answered: Answered) => string | undefined): Verdict {
  const first = new Map<string, Answered>()
  for (const answered of responses(end)) {
    const name = thing(answered)
    if (name === undefined) continue
    const before = first.get(name) ?? answered
    first.set(name, before)
    if (answerOf(before) === answerOf(answered)) continue
    const sentence = `expected one answer for ${name}, got ${answerOf(before)} and `
    return new Violation('CONTENT_DIFFERS', sentence + answerOf(answered), {
      about: [before.id, answered.id],
    })
  }
  return undefined
}

const inWords = (all: readonly (number | string)[]): string => all.join(', ') || 'nothing'

function answerOf({ response: { status, body } }: Answered): string {
  return `${status}${body === undefined ? '' : ` ${canonicalJson(body)}`}`
}

function answeredBy(event: Extract<HttpEvent, { kind: 'responded' }>): Answered {
  const { id, caller, server, request, response } = event
  const { method, path, headers, body } = request
  const read = body === undefined ? undefined : (JSON.parse(body) as unknown)
  return {
    id,
    caller,
    server,
    request: { method, path, headers, body: read },
    response: responseOf(response),
  }
}
