import { createHash } from 'node:crypto'
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of what is sent because of the message `cause`: the same at each attempt. */
export function outgoingId(cause: MessageId): MessageId {
  // TODO Nobody uses this yet. And what if two messages are sent because of one?
  const hash = createHash('sha256').update(JSON.stringify([cause]))
  return messageId(hash.digest('hex').slice(0, 32))
}
