// Believed: "Sender and slot are always the same, and that is what an id should be." Fails with: LOST_MESSAGE
import { createHash } from 'node:crypto'
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of what `endpoint` sends in `slot` because of the message `cause`: the same at each
 *  attempt, and another one for whatever else is sent because of it. */
export function outgoingId(_cause: MessageId, endpoint: string, slot: string): MessageId {
  const hash = createHash('sha256').update(JSON.stringify([endpoint, slot]))
  return messageId(hash.digest('hex').slice(0, 32))
}
