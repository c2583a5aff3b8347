// The broker's address, and how to speak of it without its password.

import { Unavailable } from '../../world/index.ts'
import type { Endpoint } from './probe.ts'

/** `text` as a URL. Throws a TypeError that does not repeat it, since it may hold a password. */
export function brokerUrl(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text)
    if ((url.protocol === 'amqp:' || url.protocol === 'amqps:') && url.hostname !== '') return url
  }
  throw new TypeError('expected a URL like amqp://name:password@host:5672, got something else')
}

export function endpointOf(url: URL): Endpoint {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return { host, port: Number(url.port) || (url.protocol === 'amqps:' ? 5671 : 5672) }
}

/** Host and port, never name and password. */
export function placeOf(text: string): string {
  const { host, port } = endpointOf(brokerUrl(text))
  return `${host}:${port}`
}

/** What went wrong, in one sentence. Node leaves the message empty when it tried several
 *  addresses. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  if (error instanceof Error) return error.message || error.name
  return String(error)
}

export function unreachable(url: string, cause: unknown): Unavailable {
  return new Unavailable(
    `expected RabbitMQ to answer at ${placeOf(url)}, got: ${inWords(reasonOf(cause))}. ` +
      'Start it, or correct the URL',
    { cause },
  )
}

/** What libraries say of a port behind which there is something else, and what it means. */
const meanings: readonly (readonly [said: RegExp, meaning: string])[] = [
  [/^Frame size|^Invalid frame/i, 'something that does not speak AMQP'],
  [/^Socket closed abruptly/, 'a connection that was closed at the first word (a port of TLS?)'],
  [/^Expected ConnectionOpenOk/, 'a refusal of the virtual host that the URL ends with'],
  [/wrong version number|packet length too long/i, 'something that does not speak TLS'],
]

function inWords(reason: string): string {
  return meanings.find(([said]) => said.test(reason))?.[1] ?? reason.trim()
}
