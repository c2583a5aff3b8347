// From `publish(ItemAdded(...))` to bytes: gives the message its id and its causal headers, finds
// its address, runs the outgoing behaviours, and hands the encoded message to a dispatch.

import { type Address, checkDelay } from '../broker/index.ts'
import { causalHeaders, encode, messageId, type Outgoing } from '../message/index.ts'
import type { World } from '../world/index.ts'
import type { OutgoingBehaviour } from './behaviour.ts'
import { coinNames } from './coin-names.ts'
import { compose } from './compose.ts'
import type {
  DelayOptions,
  Dispatch,
  IncomingContext,
  Log,
  OutgoingContext,
  Publish,
  Send,
} from './context.ts'

/** Which queue takes each type of command. */
export type Routes = Readonly<Record<string, string>>

export type SenderOptions = {
  /** The name of the endpoint that sends. */
  readonly endpoint: string
  readonly world: World
  readonly routes: Routes
  readonly behaviours: readonly OutgoingBehaviour[]
  readonly log: Log
}

export type Via = {
  readonly dispatch: (dispatch: Dispatch) => Promise<void>
  readonly cause?: IncomingContext
}

export type Sender = { readonly publish: Publish; readonly send: Send }

/** Makes the `publish` and `send` of one delivery, or of a client where there is no cause. */
export function sender(options: SenderOptions): (via: Via) => Sender {
  return (via) => {
    const out = (message: Outgoing, delay?: DelayOptions): Promise<void> =>
      send(message, { options, via, delayMs: delay?.delayMs ?? 0 })
    return { publish: out, send: out }
  }
}

type How = { readonly options: SenderOptions; readonly via: Via; readonly delayMs: number }

async function send(outgoing: Outgoing, { options, via, delayMs }: How): Promise<void> {
  const { endpoint, world, behaviours, log } = options
  const id = outgoing.id ?? messageId(world.ids.next())
  const { type, body } = outgoing
  const named = coinNames([endpoint, id])
  const chain = compose<OutgoingContext, Partial<OutgoingContext>>({
    layers: behaviours,
    fork: (context, changes) => ({ ...context, ...changes }),
    core: ({ message, to, delayMs: finalDelayMs }) =>
      via.dispatch({ to, message: encode(message), delayMs: checkDelay(finalDelayMs) }),
  })
  await chain({
    endpoint,
    kind: outgoing.kind,
    message: {
      id,
      type,
      body,
      headers: { ...causalHeaders(id, via.cause?.message), ...outgoing.headers },
    },
    to: addressOf(outgoing, options),
    delayMs,
    cause: via.cause,
    coin: via.cause?.coin ?? ((name) => world.coin(named(name))),
    log: via.cause?.log ?? log,
  })
}

function addressOf({ kind, type }: Outgoing, { endpoint, routes }: SenderOptions): Address {
  if (kind === 'event') return { event: type }
  const queue = Object.hasOwn(routes, type) ? routes[type] : undefined
  if (queue !== undefined) return { queue }
  throw new Error(
    `expected a route for the command ${type}, got none in ${endpoint}. Name the queue of the ` +
      `endpoint that handles it: routes: { ${type}: '...' }`,
  )
}
