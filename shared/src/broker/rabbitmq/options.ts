// What the RabbitMQ adapter can be told, with the bounds and defaults of everything that waits or
// grows in it.

import { brokerUrl } from './url.ts'

export type RabbitmqOptions = {
  /** `amqp://` or `amqps://`, with name and password where the broker wants them. */
  readonly url: string
  /** Begins the name of every queue and exchange, so that several workshops share one broker. At
   *  most 64 characters of `A-Z a-z 0-9 _ . -`; none by default. */
  readonly namespace?: string
  /** How many publishes may be on the wire unconfirmed: 1 to 10 000, 256 by default. */
  readonly window?: number
  /** How many publishes may wait for a place in the window: 100 000 by default. */
  readonly maxWaiting?: number
  /** How long a publish may take, waiting included: 10 000 by default. */
  readonly publishTimeoutMs?: number
  /** How long anything else that is asked of the broker may take: 10 000 by default. */
  readonly requestTimeoutMs?: number
  /** A connection on which nothing came for three times as long is given up: 1 to 60, 5 by
   *  default. */
  readonly heartbeatS?: number
  /** The longest pause between two attempts to connect or to subscribe: 5000 by default. */
  readonly maxBackoffMs?: number
  /** Told what the adapter lives through and cures by itself. */
  readonly onNotice?: (notice: RabbitmqNotice) => void
}

export type RabbitmqNotice = {
  readonly kind: 'connected' | 'disconnected' | 'blocked' | 'unblocked' | 'subscribed' | 'failed'
  readonly detail: string
}

export type Settings = Required<RabbitmqOptions>

/** `options` with the defaults filled in. Throws a TypeError or a RangeError that names what is
 *  off. */
export function settingsFrom(options: RabbitmqOptions): Settings {
  brokerUrl(options.url)
  const { namespace = '', onNotice = () => undefined } = options
  if (!/^[\w.-]{0,64}$/.test(namespace)) {
    throw new TypeError(`expected a namespace of 0 to 64 of A-Z a-z 0-9 _ . -, got "${namespace}"`)
  }
  const number = (name: Bounded) => bounded(name, options[name])
  return {
    url: options.url,
    namespace,
    window: number('window'),
    maxWaiting: number('maxWaiting'),
    publishTimeoutMs: number('publishTimeoutMs'),
    requestTimeoutMs: number('requestTimeoutMs'),
    heartbeatS: number('heartbeatS'),
    maxBackoffMs: number('maxBackoffMs'),
    onNotice: (notice) => {
      try {
        onNotice(notice)
      } catch {
        // A listener that throws must not take a connection with it.
      }
    },
  }
}

const bounds = {
  window: { from: 1, to: 10_000, default: 256 },
  maxWaiting: { from: 0, to: 1_000_000, default: 100_000 },
  publishTimeoutMs: { from: 1, to: 600_000, default: 10_000 },
  requestTimeoutMs: { from: 1, to: 600_000, default: 10_000 },
  heartbeatS: { from: 1, to: 60, default: 5 },
  maxBackoffMs: { from: 1, to: 60_000, default: 5000 },
} as const

type Bounded = keyof typeof bounds

function bounded(name: Bounded, given: number | undefined): number {
  const { from, to, default: value } = bounds[name]
  if (given === undefined) return value
  if (Number.isInteger(given) && given >= from && given <= to) return given
  throw new RangeError(`expected ${name} to be a whole number from ${from} to ${to}, got ${given}`)
}
