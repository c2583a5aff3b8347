// One line for each delivery, with what became of it and with the message's ids, so that a
// conversation can be followed through all endpoints: the causation id of a message is the id of
// the one whose handler sent it. Also for what reaches no handler, and for what is given back.

import type { Delivery } from '../../broker/index.ts'
import { header, type WireMessage } from '../../message/index.ts'
import type { Behaviour } from '../behaviour.ts'
import type { Log } from '../context.ts'
import type { Ending, EndingKind } from '../watch.ts'

const words: Readonly<
  Record<EndingKind, readonly [level: 'info' | 'warn' | 'error', text: string]>
> = {
  handled: ['info', 'handled'],
  duplicate: ['info', 'a duplicate, skipped'],
  released: ['info', 'given back'],
  retried: ['warn', 'failed, will be delivered again'],
  lost: ['warn', 'settled too late, will be delivered again'],
  deadLettered: ['error', 'dead letter'],
}

export function log(): Behaviour {
  return {
    watch:
      ({ endpoint, clock, log: out }) =>
      (delivery) => {
        const startedMs = clock.nowMs()
        return (ending) => {
          const tookMs = Math.max(0, clock.nowMs() - startedMs)
          const { attempt, message } = delivery
          write(out, ending, { endpoint, ...idsOf(message), attempt, tookMs })
        }
      },
    incoming: ({ message, log: inner }, next) => {
      const own = inner.child(causesOf(message))
      // One that writes nothing is its own child, and then nothing changes for those inside.
      return next(own === inner ? undefined : { log: own })
    },
    outgoing: async (context, next) => {
      await next()
      const { type, id } = context.message
      context.log.debug({ sent: type, sentId: id, to: context.to }, 'sent')
    },
  }
}

type Fields = Pick<Delivery, 'attempt'> & Readonly<Record<string, unknown>>

function write(out: Log, { kind, reason }: Ending, fields: Fields): void {
  const [level, text] = words[kind]
  out[level]({ ...fields, outcome: kind, ...(reason === undefined ? {} : { reason }) }, text)
}

/** What names a message in a log. */
export const idsOf = (message: Pick<WireMessage, 'id' | 'type' | 'headers'>) => ({
  type: shown(message.type),
  id: shown(message.id),
  ...causesOf(message),
})

const causesOf = ({ headers }: Pick<WireMessage, 'headers'>) => ({
  conversationId: shown(headers[header.conversationId]),
  causationId: shown(headers[header.causationId]),
})

/** Ids are no longer; what a foreign sender calls one may be. */
const maxShown = 255

const shown = (text: string | undefined): string | undefined => text?.slice(0, maxShown)
