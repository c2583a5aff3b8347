// The envelope. A message is an id, a type, a body and string headers; its id is given once, before
// it is first sent, and never changes on a retry, a relay, a dead letter or a replay.

import type { z } from 'zod'

declare const brand: unique symbol

export type MessageId = string & { readonly [brand]: 'MessageId' }

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** String values only; at most 60 KB in all. Names that begin with `x-` belong to the broker. */
export type Headers = Readonly<Record<string, string>>

/** What a handler receives: parsed, and trusted as far as its schema goes. */
export type Message<Type extends string = string, Body = unknown> = {
  readonly id: MessageId
  readonly type: Type
  readonly body: Body
  readonly headers: Headers
}

export type Kind = 'command' | 'event'

/** A message that is not sent yet. Without an `id` it gets a fresh one when it is. */
export type Outgoing<
  K extends Kind = Kind,
  Type extends string = string,
  Body extends Json = Json,
> = {
  readonly kind: K
  readonly type: Type
  readonly body: Body
  readonly id?: MessageId
  readonly headers?: Headers
}

export type OutgoingOptions = {
  /** The message's id where it must not be a fresh one, as for a repeat of the same message. */
  readonly id?: string
  readonly headers?: Headers
}

/** A schema whose values survive JSON: what is sent is what is parsed on the other side. */
export type BodySchema = z.ZodType<Json, Json>

/** What a broker carries: nothing in it is trusted, and the body may be any bytes. */
export type WireMessage = {
  readonly id: string
  readonly type: string
  readonly headers: Headers
  readonly body: Uint8Array
}
