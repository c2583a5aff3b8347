// What the processes of two systems are told when they start, and what they tell the one that shows
// them, over the channel that Node opens between parent and child.

import type { BrokerSpec } from '@workshop/shared/broker'

type Part = {
  readonly name: string
  /** The file that exports its handlers, or its routes. */
  readonly module: string
  /** The folder of its own store. */
  readonly directory: string
}

export type ServerPart = Part & {
  readonly kind: 'server'
  /** 0: any that is free. */
  readonly port: number
}

export type EndpointPart = Part & {
  readonly kind: 'endpoint'
  readonly broker: BrokerSpec
  /** The name of the server that it calls, and where it is. */
  readonly server: string
  readonly origin: string
}

export type SystemTask = ServerPart | EndpointPart

/** A server has answered, and waits until its parent allows it to say so. */
export type Answers = {
  readonly kind: 'answers'
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly status: number
}

export type SystemReport =
  /** Where a server listens; empty for an endpoint. */
  | { readonly kind: 'ready'; readonly origin: string }
  | Answers
  | { readonly kind: 'received'; readonly type: string; readonly attempt: number }
  | { readonly kind: 'failed'; readonly type: string; readonly reason: string }
  | { readonly kind: 'published'; readonly type: string }
