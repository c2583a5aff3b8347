// No hash: the three parts, readable, and joined so that they cannot run into one another. It grows
// with each message that causes the next, and an id may have 255 bytes.
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of what `endpoint` sends in `slot` because of the message `cause`. */
export function outgoingId(cause: MessageId, endpoint: string, slot: string): MessageId {
  return messageId([cause, endpoint, slot].map((part) => encodeURIComponent(part)).join('/'))
}
