// Which broker a run uses, and one line that says so. The embedded one unless RabbitMQ is asked
// for; then AMQP_URL, then this machine's, then - only where that is allowed - a container. Nothing
// is pulled or started unasked, and no password is ever printed.

import { Unavailable } from '../world/index.ts'
import type { Broker } from './broker.ts'
import { answersAmqp, type Endpoint } from './rabbitmq/probe.ts'
import { brokerUrl, endpointOf, placeOf, reasonOf } from './rabbitmq/url.ts'

export type BrokerWish =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | {
      readonly kind: 'rabbitmq'
      readonly namespace?: string
      /** Whether a container may be started, and its image pulled. Default false. */
      readonly mayStartContainer?: boolean
    }

/** What a process needs to open the broker that was chosen. Plain data, and may hold a password. */
export type BrokerSpec =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | { readonly kind: 'rabbitmq'; readonly url: string; readonly namespace: string }

export interface ChosenBroker extends AsyncDisposable {
  /** For people: what was chosen, and why. */
  readonly description: string
  /** For other processes, which pass it to `openBroker`. */
  readonly spec: BrokerSpec
  /** A connection to it. Whoever opens it closes it, before this is disposed. */
  open(): Promise<Broker>
}

/** What the choice asks of the machine. Tests give their own. */
export interface Probes {
  readonly amqpUrl: string | undefined
  answers(endpoint: Endpoint): Promise<boolean>
  startContainer(): Promise<{ readonly url: string; stop(): Promise<void> }>
}

const local = { host: '127.0.0.1', port: 5672 } as const
const localUrl = `amqp://guest:guest@${local.host}:${local.port}`
const containerImage = 'rabbitmq:4-management'
/** With a pull over a slow network. */
const containerStartMs = 180_000

/** Prints one line that says what it chose and why. Rejects with `Unavailable`, in one sentence,
 *  when RabbitMQ is wished for and there is none. */
export async function chooseBroker(
  wish: BrokerWish,
  print: (line: string) => void,
  probes: Probes = machine(),
): Promise<ChosenBroker> {
  const chosen = wish.kind === 'sqlite' ? embedded(wish) : await rabbitmq(wish, probes)
  print(chosen.description)
  return chosen
}

/** Opens the broker that another process has chosen. Loads no adapter but the one that it needs. */
export async function openBroker(spec: BrokerSpec): Promise<Broker> {
  if (spec.kind === 'sqlite') {
    const { sqliteBroker } = await import('./sqlite/sqlite-broker.ts')
    return sqliteBroker({ directory: spec.directory })
  }
  const { rabbitmqBroker } = await import('./rabbitmq/rabbitmq-broker.ts')
  return rabbitmqBroker({ url: spec.url, namespace: spec.namespace })
}

function embedded(spec: { readonly kind: 'sqlite'; readonly directory: string }): ChosenBroker {
  return chosen(spec, `the embedded broker in ${spec.directory}: it needs nothing installed`)
}

async function rabbitmq(
  { namespace = '', mayStartContainer = false }: Extract<BrokerWish, { kind: 'rabbitmq' }>,
  probes: Probes,
): Promise<ChosenBroker> {
  const at = (url: string) => ({ kind: 'rabbitmq', url, namespace }) as const
  const { amqpUrl } = probes
  if (amqpUrl) {
    await requireAnswer(amqpUrl, probes)
    return chosen(at(amqpUrl), `RabbitMQ at ${placeOf(amqpUrl)}: AMQP_URL says so`)
  }
  if (await probes.answers(local)) {
    return chosen(at(localUrl), `RabbitMQ at ${placeOf(localUrl)}: it answers on this machine`)
  }
  const missing = `AMQP_URL is not set, nothing that speaks AMQP answers at ${placeOf(localUrl)}`
  if (!mayStartContainer) {
    throw new Unavailable(
      `expected a RabbitMQ, but ${missing}: run "docker compose up -d --wait", set AMQP_URL, ` +
        'or use the embedded broker, which needs nothing',
    )
  }
  try {
    const container = await probes.startContainer()
    const { url } = container
    const why = `a container of ${containerImage}, since ${missing}`
    return chosen(at(url), `RabbitMQ at ${placeOf(url)}: ${why}`, () => container.stop())
  } catch (error) {
    throw new Unavailable(
      `expected a RabbitMQ, but ${missing}, and no container of ${containerImage} starts ` +
        `(${reasonOf(error)}): start a container engine, set AMQP_URL, or use the embedded broker`,
      { cause: error },
    )
  }
}

/** A URL that somebody has set is what they want: nothing else is tried. */
async function requireAnswer(amqpUrl: string, probes: Probes): Promise<void> {
  const url = brokerUrl(amqpUrl)
  // Under TLS the handshake cannot be looked at from outside. Opening the broker tells.
  if (url.protocol === 'amqps:' || (await probes.answers(endpointOf(url)))) return
  throw new Unavailable(
    `expected RabbitMQ to answer at ${placeOf(amqpUrl)}, as AMQP_URL says, but nothing there speaks ` +
      'AMQP: start it, correct AMQP_URL, or unset it',
  )
}

function chosen(
  spec: BrokerSpec,
  what: string,
  stop: () => Promise<void> = () => Promise.resolve(),
): ChosenBroker {
  let stopped: Promise<void> | undefined
  return {
    description: `Broker: ${what}`,
    spec,
    open: () => openBroker(spec),
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  }
}

function machine(): Probes {
  return {
    amqpUrl: process.env['AMQP_URL'],
    answers: (endpoint) => answersAmqp(endpoint),
    startContainer: async () => {
      const { RabbitMQContainer } = await import('@testcontainers/rabbitmq')
      const container = await new RabbitMQContainer(containerImage)
        .withStartupTimeout(containerStartMs)
        .start()
      return {
        url: container.getAmqpUrl(),
        stop: async () => {
          await container.stop()
        },
      }
    },
  }
}
