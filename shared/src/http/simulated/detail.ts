// What simulated HTTP tells of what it does: events, for whoever keeps a history, and details of
// its steps, for whoever draws a picture. Nothing in here decides anything.

import type { WireRequest, WireResponse } from '../wire.ts'

/** How a caller's wait has ended. */
export type Told = { readonly response: WireResponse } | { readonly error: Error }

type Exchanged = {
  /** Of the request: the same for all copies of it. */
  readonly id: string
  readonly caller: string
  readonly server: string
  readonly request: WireRequest
}

/** What happened, at the moment when it did. */
export type HttpEvent =
  /** It was sent, whatever becomes of it. */
  | (Exchanged & { readonly kind: 'requested' })
  /** A server has answered one of its arrivals, whether anybody hears it or not. */
  | (Exchanged & { readonly kind: 'responded'; readonly response: WireResponse })
  /** Its caller waits no longer. */
  | (Exchanged & { readonly kind: 'heard' } & Told)

/** Why a request is at its server. `delayed`: its caller has given up before. */
export type ArrivalKind = 'first' | 'delayed' | 'copy'

/** What a trace says of a step. */
export type HttpDetail = {
  readonly http: 'request' | 'arrive' | 'take' | 'respond' | 'hear'
  readonly id: string
  readonly server: string
  /** The process that called. */
  readonly from: string
  readonly request: WireRequest
  readonly arrival?: ArrivalKind
  readonly response?: WireResponse
  /** Of a response: whether the caller gets it. */
  readonly isHeard?: boolean
}

type Shown = Pick<HttpDetail, 'id' | 'server' | 'from' | 'request'>
type More = Pick<HttpDetail, 'arrival' | 'response' | 'isHeard'>

export const detailOf = (
  http: HttpDetail['http'],
  { id, server, from, request }: Shown,
  more: More = {},
): HttpDetail => ({ http, id, server, from, request, ...more })
