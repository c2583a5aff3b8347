// Between a message and its bytes. Encoding is canonical: the same message always gives the same
// bytes. Decoding trusts nothing, and an error of it is the reason that a dead letter carries.

import { fitsIn } from './bytes.ts'
import { TooLarge } from '../world/index.ts'
import { canonicalJson } from './canonical-json.ts'
import type { BodyOf, Definition } from './definition.ts'
import { messageId } from './ids.ts'
import type { Headers, Message, WireMessage } from './message.ts'
import { quoted } from './quoted.ts'

/** The largest body, in bytes. A message is an announcement; what is larger belongs in a store. */
export const maxBodyBytes = 1_048_576
/** All names and values of the headers together, in bytes. */
export const maxHeaderBytes = 60_000
const maxHeaderNameBytes = 128
const maxTypeBytes = 255

/** A message that cannot be understood: no JSON, or no valid body of its type. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** The bytes of a message. Throws `TooLarge` or a TypeError that says what does not fit. */
export function encode(message: Message): WireMessage {
  const wire = {
    id: message.id,
    type: message.type,
    headers: message.headers,
    body: Buffer.from(canonicalJson(message.body)),
  }
  checkWire(wire)
  return wire
}

/** The message in `wire`, as `definition` types it. Throws `Unreadable`, `InvalidBody` or
 *  `TooLarge` with the reason: a sender that is not ours may have put anything into the queue. */
export function decode(wire: WireMessage, definition: Definition): Message {
  checkWire(wire)
  return {
    id: messageId(wire.id),
    type: definition.type,
    body: bodyOf(wire, definition),
    headers: wire.headers,
  }
}

/** Refuses what is no UTF-8, instead of putting something else in its place. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Shows what is no UTF-8 as such, and a byte order mark that stands before JSON. */
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

function parseJson({ type, body }: WireMessage): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch (error) {
    throw new Unreadable(`${type}: expected a body of JSON in UTF-8, got ${preview(body)}`, {
      cause: error,
    })
  }
}

function preview(body: Uint8Array): string {
  if (body.length === 0) return 'no bytes'
  const text = quoted(lenient.decode(body.subarray(0, 40)))
  return body.length > 40 ? `${body.length} bytes that begin with ${text}` : text
}

/** The text of a message's body, for people and for comparing. What is no UTF-8 shows as such. */
export const textOf = ({ body }: Pick<WireMessage, 'body'>): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()

/** The body of a message that `definition` has encoded. */
export const bodyOf = <D extends Definition>(wire: WireMessage, definition: D): BodyOf<D> =>
  definition.parse(parseJson(wire)) as BodyOf<D>

/** Throws unless every adapter can carry `wire` unchanged. Brokers call it before any effect. */
export function checkWire(wire: WireMessage): void {
  messageId(wire.id)
  checkType(wire)
  if (wire.body.length > maxBodyBytes) throw bodyTooLarge(wire, wire.body.length)
  checkHeaders(wire.headers, `${wire.type} ${wire.id}`)
}

/** What is wrong with a message whose body has `bytes` bytes, more than there may be. */
export function bodyTooLarge({ type, id }: Pick<WireMessage, 'type' | 'id'>, bytes: number) {
  return new TooLarge(
    'maxBodyBytes',
    `expected a body of at most ${maxBodyBytes} bytes, got ${bytes} in ${type} ${id}. ` +
      'Put the data in a store and send its key',
  )
}

function checkType({ type, id }: WireMessage): void {
  if (type !== '' && fitsIn(type, maxTypeBytes) && type.isWellFormed()) return
  const bytes = Buffer.byteLength(type)
  throw new TypeError(
    `expected a message type of 1 to ${maxTypeBytes} bytes, got ${bytes} bytes in ${id}`,
  )
}

function checkHeaders(headers: Headers, what: string): void {
  let mostBytes = 0
  for (const [name, value] of Object.entries(headers)) {
    if (name === '' || !fitsIn(name, maxHeaderNameBytes) || name.startsWith('x-')) {
      throw new TypeError(
        `expected a header name of 1 to ${maxHeaderNameBytes} bytes that does not begin with ` +
          `"x-", got ${quoted(name)} in ${what}`,
      )
    }
    if (typeof value !== 'string') {
      throw new TypeError(
        `expected header ${quoted(name)} to be a string, got ${typeof value} in ${what}`,
      )
    }
    if (!value.isWellFormed() || !name.isWellFormed()) {
      throw new TypeError(
        `expected header ${quoted(name)} to be whole characters, got half a surrogate pair in ${what}`,
      )
    }
    mostBytes += 3 * (name.length + value.length)
  }
  if (mostBytes <= maxHeaderBytes) return
  const bytes = Buffer.byteLength(Object.entries(headers).flat().join(''))
  if (bytes > maxHeaderBytes) {
    throw new TooLarge(
      'maxHeaderBytes',
      `expected at most ${maxHeaderBytes} bytes of headers, got ${bytes} in ${what}`,
    )
  }
}
