// Message definitions: typed factories that carry the schema of their body. The schema is applied
// on both sides, when a message is made and when it is received.

import { z } from 'zod'
import { messageId } from './ids.ts'
import type { BodySchema, Headers, Kind, Outgoing, OutgoingOptions } from './message.ts'

export interface Definition<
  K extends Kind = Kind,
  Type extends string = string,
  Schema extends BodySchema = BodySchema,
> {
  /** Makes a message to send. Throws an `InvalidBody` that says what is wrong with the body. */
  (body: z.input<Schema>, options?: OutgoingOptions): Outgoing<K, Type, z.output<Schema>>
  readonly kind: K
  readonly type: Type
  readonly schema: Schema
  /** The body of this type in `value`, or an `InvalidBody`. Unknown keys are left out. */
  parse(value: unknown): z.output<Schema>
}

export type BodyOf<D> = D extends { readonly schema: infer Schema extends BodySchema }
  ? z.output<Schema>
  : never

/** A body that does not fit the schema of its type. */
export class InvalidBody extends Error {
  override readonly name = 'InvalidBody'
}

/** Defines a command: sent to the one endpoint that handles it, which may refuse it. */
export function command<Type extends string, Schema extends BodySchema>(
  type: Type,
  schema: Schema,
): Definition<'command', Type, Schema> {
  return define('command', type, schema)
}

/** Defines an event: a fact, published to every endpoint that has subscribed to it. */
export function event<Type extends string, Schema extends BodySchema>(
  type: Type,
  schema: Schema,
): Definition<'event', Type, Schema> {
  return define('event', type, schema)
}

const typeName = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/

function define<K extends Kind, Type extends string, Schema extends BodySchema>(
  kind: K,
  type: Type,
  schema: Schema,
): Definition<K, Type, Schema> {
  if (!typeName.test(type)) {
    throw new TypeError(`expected a message type to match ${typeName.source}, got "${type}"`)
  }
  const parse = (value: unknown): z.output<Schema> => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    throw new InvalidBody(
      `${type}: ${z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' ')}`,
      {
        cause: result.error,
      },
    )
  }
  const make = (body: z.input<Schema>, { id, headers }: OutgoingOptions = {}) => ({
    kind,
    type,
    body: parse(body),
    ...(id === undefined ? {} : { id: messageId(id) }),
    ...(headers === undefined ? {} : { headers: headers satisfies Headers }),
  })
  return Object.assign(make, { kind, type, schema, parse })
}
