import { createHash } from 'node:crypto'
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of what `endpoint` sends in `slot` because of the message `cause`: the same at each
 *  attempt, and another one for whatever else is sent because of it. */
export function outgoingId(cause: MessageId, endpoint: string, slot: string): MessageId {
  const hash = createHash('sha256').update(JSON.stringify([cause, endpoint, slot]))
  return messageId(hash.digest('hex').slice(0, 32))
}
