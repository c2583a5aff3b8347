// A handler: what an endpoint does on one type of message.

import type { BodyOf, Definition, Message } from '../message/index.ts'
import type { HandlerContext } from './context.ts'

export type MessageOf<D extends Definition> = Message<D['type'], BodyOf<D>>

/** Made by `handler`, which is where its types are checked. */
export type Handler = {
  readonly definition: Definition
  readonly handle: (message: Message, context: HandlerContext) => Promise<void>
}

/** Handles every message of `definition`. It may run more than once for one message: after a crash,
 *  for a duplicate, and again from the start when a save of it met a `Conflict`. */
export function handler<D extends Definition>(
  definition: D,
  handle: (message: MessageOf<D>, context: HandlerContext) => Promise<void>,
): Handler {
  return {
    definition,
    // An endpoint hands a message over only after `definition` has parsed it.
    handle: (message, context) => handle(message as MessageOf<D>, context),
  }
}
