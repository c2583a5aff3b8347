// A message that comes from outside of every handler, as bytes; and whether one was seen.

import type { View } from '../check/index.ts'
import {
  type BodyOf,
  canonicalJson,
  type Definition,
  encode,
  messageId,
  type Outgoing,
  type WireMessage,
} from '../message/index.ts'
import type { Routes } from '../pipeline/index.ts'

/** `outgoing` as bytes; `freshId` is its id where it has none of its own. */
export function wireOf({ id, type, body, headers = {} }: Outgoing, freshId: string): WireMessage {
  return encode({ id: id ?? messageId(freshId), type, body, headers })
}

/** Whether an event of this type was published; with this body, where one is given. */
export function wasSeen<D extends Definition>(now: View, event: D, body?: BodyOf<D>): boolean {
  const all = now.published(event)
  if (body === undefined) return all.length > 0
  const wanted = canonicalJson(body)
  return all.some((one) => canonicalJson(one) === wanted)
}

/** The service that handles `command`. */
export function serviceFor({ type }: Outgoing, routes: Routes): string {
  const service = routes[type]
  if (service !== undefined) return service
  throw new Error(`expected a service or an endpoint that handles ${type}, got none`)
}
