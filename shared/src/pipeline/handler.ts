// A handler: what an endpoint does on one type of message.

import type { BodyOf, Definition, Message } from '../message/index.ts'
import type { HandlerContext } from './context.ts'

export type MessageOf<D extends Definition> = Message<D['type'], BodyOf<D>>

/** Made by `handler`, which is where its types are checked. */
export type Handler = {
  readonly definition: Definition
  readonly handle: (message: Message, context: HandlerContext) => Promise<void>
}

/** Throws unless all `handlers` of `endpoint` were made by `handler`, each of another type. */
export function checkHandlers(endpoint: string, handlers: readonly Handler[]): void {
  for (const [index, one] of handlers.entries()) {
    const { definition, handle } = Object(one) as Partial<Handler>
    if (typeof definition?.parse === 'function' && typeof handle === 'function') continue
    throw new TypeError(
      `expected every handler of ${endpoint} to be a handler(definition, async (message) => ...), ` +
        `got something else at ${index}`,
    )
  }
  const types = handlers.map(({ definition }) => definition.type)
  const twice = types.find((type, index) => types.indexOf(type) !== index)
  if (twice === undefined) return
  throw new Error(`expected one handler for each message type in ${endpoint}, got two of ${twice}`)
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
