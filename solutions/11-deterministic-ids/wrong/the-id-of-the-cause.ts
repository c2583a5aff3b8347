// Believed: "What I send is about the message that I got, so it has its id." Fails with: LOST_MESSAGE
import type { MessageId } from '@workshop/shared/message'

/** The id of what `endpoint` sends in `slot` because of the message `cause`. */
export function outgoingId(cause: MessageId, _endpoint: string, _slot: string): MessageId {
  return cause
}
