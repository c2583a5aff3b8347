// A message on its way out, as it lies in a record: its bytes, its address, its delay. What comes
// out is what went in, byte for byte; so every copy that is sent has the same id and content.

import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { checkDelay } from '../broker/index.ts'
import type { Dispatch } from '../pipeline/index.ts'

const schema = z.object({
  to: z.union([z.strictObject({ queue: z.string() }), z.strictObject({ event: z.string() })]),
  delayMs: z.number(),
  id: z.string(),
  type: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.string() })]),
})

export type StoredDispatch = z.infer<typeof schema>

/** `dispatch` as JSON. Throws a RangeError for a delay that no broker takes: once it is stored it
 *  must be possible to send it. */
export function stored({ to, message, delayMs }: Dispatch): StoredDispatch {
  checkDelay(delayMs)
  const { id, type, headers } = message
  // In the order of canonical JSON, which is quicker to write.
  return { body: bodyOf(message.body), delayMs, headers: { ...headers }, id, to, type }
}

/** What `stored` was given. Throws where `value` is something else. */
export function restored(value: unknown): Dispatch {
  const { to, delayMs, id, type, headers, body } = schema.parse(value)
  const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64')
  return { to, delayMs, message: { id, type, headers, body: bytes } }
}

/** Text where the bytes are text, so that a person can read what is stored. */
function bodyOf(bytes: Uint8Array): StoredDispatch['body'] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isUtf8(buffer) ? { text: buffer.toString() } : { base64: buffer.toString('base64') }
}
