// Ids of messages. Branded, so that an order's id cannot be passed where a message's is expected.

import { fitsIn } from './bytes.ts'
import type { MessageId } from './message.ts'
import { quoted } from './quoted.ts'

export const maxIdBytes = 255

/** `text` as a message id: 1 to 255 bytes of UTF-8, no control characters. */
export function messageId(text: string): MessageId {
  if (text === '' || !fitsIn(text, maxIdBytes)) {
    const bytes = Buffer.byteLength(text)
    throw new TypeError(`expected a message id of 1 to ${maxIdBytes} bytes, got ${bytes} bytes`)
  }
  if (!text.isWellFormed() || /\p{Cc}/u.test(text)) {
    throw new TypeError(`expected a message id without control characters, got ${quoted(text)}`)
  }
  return text as MessageId
}
