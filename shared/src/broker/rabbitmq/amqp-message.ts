// Between a message and its form in AMQP. Headers that begin with `x-` are the broker's and the
// adapter's own: they are added here on the way out and left out on the way in.
//
// A dead letter that the broker made by itself gets the headers here that the adapter's have.

import type { Message, Options } from 'amqplib'
import { type Headers, header, type WireMessage } from '../../message/index.ts'
import { readBrokerDeadLetterKey } from './names.ts'

/** What the adapter carries with a message from one queue to the next. */
export type Carried = {
  /** How often the message was handed out in its queue before it was published again. */
  readonly attempts: number
  readonly reason?: string
}

/** A message that the broker handed over. */
export type Arrived = {
  readonly message: WireMessage
  readonly attempt: number
  /** Why it was to be tried again later, when it was. */
  readonly lastReason?: string
}

const own = { attempts: 'x-workshop-attempts', reason: 'x-workshop-reason' } as const
const deliveryCount = 'x-delivery-count'

export function toAmqp(message: WireMessage, carried?: Carried): Options.Publish {
  const { id, type, headers } = message
  return {
    messageId: id,
    type,
    persistent: true,
    headers: carried
      ? {
          ...headers,
          [own.attempts]: String(carried.attempts),
          ...(carried.reason === undefined ? {} : { [own.reason]: carried.reason }),
        }
      : headers,
  }
}

export function contentOf({ body }: WireMessage): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

/** Trusts nothing: other programs may publish into the same queue. */
export function fromAmqp({ content, fields, properties }: Message): Arrived {
  const table: Table = properties.headers ?? {}
  const carriedAttempts = count(table[own.attempts])
  const reason = table[own.reason]
  const byBroker = readBrokerDeadLetterKey(fields.routingKey)
  // What was carried counts in the queue that it was carried in: not in the one of the dead
  // letters.
  const before = byBroker ? 0 : carriedAttempts
  return {
    message: {
      id: text(properties.messageId),
      type: text(properties.type),
      headers: {
        ...applicationHeaders(table),
        ...(byBroker ? deadLetterHeaders(table, byBroker) : {}),
      },
      // A copy: the buffer is a part of what was read from the socket, and would hold all of it.
      body: new Uint8Array(content),
    },
    attempt: before + count(table[deliveryCount]) + 1,
    ...(typeof reason === 'string' && !byBroker ? { lastReason: reason } : {}),
  }
}

type Table = Readonly<Record<string, unknown>>

/** What the adapter would have written, for a dead letter that the broker made. */
function deadLetterHeaders(
  table: Table,
  { queue, deliveryLimit }: { readonly queue: string; readonly deliveryLimit: number },
): Headers {
  const before = table[own.reason]
  const carried = count(table[own.attempts])
  const death = lastDeath(table['x-death'])
  const isRefused = death?.reason === 'rejected'
  const atS = secondsIn(death?.time)
  const reason = isRefused
    ? 'its handler gave it up, and its headers left no room for the reason'
    : 'the delivery limit: every consumer that had it died or lost its connection'
  return {
    [header.deadReason]: typeof before === 'string' ? `${reason}; before that: ${before}` : reason,
    [header.deadQueue]: queue,
    [header.deadAttempts]: String(carried + (isRefused ? 1 : deliveryLimit)),
    ...(atS > 0 ? { [header.deadAtMs]: String(atS * 1000) } : {}),
  }
}

/** The newest death that was no expiry: waiting for a delay ends in one as well. */
function lastDeath(deaths: unknown): { reason: string; time: unknown } | undefined {
  if (!Array.isArray(deaths)) return undefined
  for (const death of deaths as readonly unknown[]) {
    if (typeof death !== 'object' || death === null || !('reason' in death)) continue
    const { reason } = death
    if (reason !== 'rejected' && reason !== 'delivery_limit') continue
    return { reason, time: 'time' in death ? death.time : undefined }
  }
  return undefined
}

/** As amqplib reads a timestamp: `{ '!': 'timestamp', value: 1732208400 }`. */
const secondsIn = (time: unknown): number =>
  typeof time === 'object' && time !== null && 'value' in time ? count(time.value) : 0

function applicationHeaders(table: Table): Headers {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(table)) {
    if (name.startsWith('x-')) continue
    if (typeof value === 'string') entries.push([name, value])
    else if (typeof value === 'number' || typeof value === 'boolean') {
      entries.push([name, String(value)])
    }
  }
  return Object.fromEntries(entries)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function count(value: unknown): number {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0
  return Number.isSafeInteger(number) && number > 0 ? number : 0
}
