// Distributed tracing by the W3C Trace Context: each handled message is a span, the messages that
// it sends carry it on in the header `traceparent`, and the finished span goes to an exporter of
// yours.
//
// Source: W3C Recommendation "Trace Context", section 3.2 (the traceparent header, version 00).

import { hash } from 'node:crypto'
import { bagKey } from '../bag.ts'
import type { Behaviour } from '../behaviour.ts'
import type { IncomingContext } from '../context.ts'

export type Span = {
  /** 32 hexadecimal digits, shared by everything that one first message set off. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  readonly parentId: string | undefined
  /** For example `orders AddItem`. */
  readonly name: string
  readonly startedMs: number
  readonly endedMs: number
  readonly failed: boolean
}

export type TraceOptions = {
  /** Called once for each handled message; it must not throw. Default: spans go nowhere. */
  readonly onSpan?: (span: Span) => void
}

const currentSpan = bagKey<Pick<Span, 'traceId' | 'spanId'> | undefined>('trace', undefined)

export function trace({ onSpan = () => undefined }: TraceOptions = {}): Behaviour {
  return {
    incoming: async (context, next) => {
      const span = startSpan(context)
      let failed = true
      try {
        await next({ bag: context.bag.with(currentSpan, span) })
        failed = false
      } finally {
        onSpan({ ...span, endedMs: context.clock.nowMs(), failed })
      }
    },
    outgoing: async (context, next) => {
      const span = context.cause?.bag.get(currentSpan)
      if (!span) return next()
      const { message } = context
      const traceparent = `00-${span.traceId}-${span.spanId}-01`
      await next({ message: { ...message, headers: { ...message.headers, traceparent } } })
    },
  }
}

function startSpan({ message, endpoint, attempt, ids, clock }: IncomingContext) {
  const parent = parse(message.headers['traceparent'])
  return {
    traceId: parent?.traceId ?? hexadecimal(ids.next(), 32),
    spanId: hexadecimal(ids.next(), 16, endpoint, message.id, attempt),
    parentId: parent?.spanId,
    name: `${endpoint} ${message.type}`,
    startedMs: clock.nowMs(),
  }
}

function parse(traceparent = ''): Pick<Span, 'traceId' | 'spanId'> | undefined {
  const [, traceId, spanId] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent) ?? []
  return traceId && spanId ? { traceId, spanId } : undefined
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `digits` of `id`, where that is random; else of a hash of it, and of whatever tells it apart. */
function hexadecimal(id: string, digits: number, ...apart: readonly unknown[]): string {
  if (uuid.test(id)) return id.replaceAll('-', '').slice(-digits)
  return hash('sha256', JSON.stringify([...apart, id])).slice(0, digits)
}
