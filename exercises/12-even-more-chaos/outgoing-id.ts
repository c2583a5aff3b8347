import { createHash } from 'node:crypto'
import { type MessageId, messageId } from '@workshop/shared/message'

/** The id of a message that the handling of `cause` at `endpoint` sends in `slot`: the same at each
 *  run, and no other's. */
export function outgoingId(cause: MessageId, endpoint: string, slot: string): MessageId {
  const what = JSON.stringify([cause, endpoint, slot])
  return messageId(createHash('sha256').update(what).digest('hex').slice(0, 32))
}
