// What a row of the queue file holds, as a message. Any program may have written into the file:
// what no consumer could be handed is told here, and becomes a dead letter, since a row that fails
// whenever it is read would hold up everything behind it.

import {
  bodyTooLarge,
  type Headers,
  maxBodyBytes,
  quoted,
  type WireMessage,
} from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'

export type ContentRow = {
  readonly id: string
  readonly type: string
  readonly headers: string
  readonly body: Buffer
}

/** Without its body where that is larger than a message may be: it could be of any size. */
type BoundedRow = Omit<ContentRow, 'body'> & {
  readonly body: Buffer | null
  readonly bytes: number
}

export type Read =
  | { readonly kind: 'message'; readonly message: WireMessage }
  | { readonly kind: 'unreadable'; readonly reason: string }

export class Contents {
  readonly #bounded
  readonly #whole

  constructor(database: Database) {
    this.#bounded = database.prepare<[number], BoundedRow>(`
      select id, type, headers, length(body) as bytes,
        iif(length(body) <= ${maxBodyBytes}, body, null) as body
      from content where seq = ?
    `)
    this.#whole = database.prepare<[number], ContentRow>(
      'select id, type, headers, body from content where seq = ?',
    )
  }

  /** The message `seq`, or why nobody can be handed it. */
  read(seq: number): Read {
    const row = this.#bounded.get(seq)
    if (!row) {
      return unreadable(`expected message ${seq} to have a content, got none. Is the file damaged?`)
    }
    const { body, ...rest } = row
    if (!body) return unreadable(String(bodyTooLarge(row, row.bytes)))
    if (headersIn(row.headers)) return { kind: 'message', message: wireMessage({ ...rest, body }) }
    return unreadable(
      `Unreadable: expected headers of JSON, one object, got ${quoted(row.headers)} in ` +
        `${quoted(row.type)} ${quoted(row.id)}`,
    )
  }

  /** The message `seq`, as much as there is of it. */
  readWhole(seq: number): Read {
    const row = this.#whole.get(seq) ?? { id: '', type: '', headers: '{}', body: Buffer.alloc(0) }
    return { kind: 'message', message: wireMessage(row) }
  }
}

const unreadable = (reason: string): Read => ({ kind: 'unreadable', reason })

export function wireMessage({ id, type, headers, body }: ContentRow): WireMessage {
  return {
    id,
    type,
    headers: headersIn(headers) ?? {},
    body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
  }
}

/** The headers in `json`; undefined where it is no object. Their values are not looked at. */
export function headersIn(json: string): Headers | undefined {
  try {
    const value: unknown = JSON.parse(json)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Headers) : undefined
  } catch {
    return undefined
  }
}
