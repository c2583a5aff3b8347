// One line when a message was handled, and one when it failed, each with the message's ids, so that
// a conversation can be followed through all endpoints.

import { header } from '../../message/index.ts'
import type { Behaviour } from '../behaviour.ts'
import { reasonOf } from '../reason.ts'

export function log(): Behaviour {
  return {
    incoming: async (context, next) => {
      const startedMs = context.clock.nowMs()
      const fields = {
        conversationId: context.message.headers[header.conversationId],
        causationId: context.message.headers[header.causationId],
      }
      const tookMs = (): number => context.clock.nowMs() - startedMs
      try {
        await next({ log: context.log.child(fields) })
        context.log.info({ ...fields, tookMs: tookMs() }, 'handled')
      } catch (error) {
        context.log.warn({ ...fields, tookMs: tookMs(), error: reasonOf(error) }, 'failed')
        throw error
      }
    },
    outgoing: async (context, next) => {
      await next()
      const { type, id } = context.message
      context.log.debug({ sent: type, sentId: id, to: context.to }, 'sent')
    },
  }
}
