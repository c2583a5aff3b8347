// Believed: "An id has to be unique, and nothing is as unique as a random one." Fails with: REAL_TIME_USED
import { randomUUID } from 'node:crypto'
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of what `endpoint` sends in `slot` because of the message `cause`. */
export function outgoingId(cause: MessageId, endpoint: string, slot: string): MessageId {
  return messageId(`${cause}-${endpoint}-${slot}-${randomUUID()}`)
}
