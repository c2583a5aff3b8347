// From a delivery to its outcome: reads the message, runs the behaviours around its handler, and
// says what became of it. It never throws: what cannot be read, or has no handler, is a dead letter
// with its reason and its bytes, and the endpoint goes on.

import type { Delivery, Outcome } from '../broker/index.ts'
import { decode, type Message, quoted } from '../message/index.ts'
import type { Store } from '../store/index.ts'
import { alarmIn, type Http, type World } from '../world/index.ts'
import type { Bag } from './bag.ts'
import type { IncomingBehaviour, IncomingChanges } from './behaviour.ts'
import { coinNames } from './coin-names.ts'
import { compose } from './compose.ts'
import type { Dispatch, IncomingContext, Log } from './context.ts'
import { checkHandlers, type Handler } from './handler.ts'
import { followed, followedHttp, Pending } from './pending.ts'
import { reasonOf } from './reason.ts'
import type { Sender, Via } from './sender.ts'
import type { Receive } from './watch.ts'

export type ReceiverOptions = {
  readonly endpoint: string
  readonly handlers: readonly Handler[]
  readonly behaviours: readonly IncomingBehaviour[]
  readonly store: Store
  readonly http: Http
  readonly dispatch: (dispatch: Dispatch) => Promise<void>
  readonly sender: (via: Via) => Sender
  readonly world: World
  readonly log: Log
}

/** What an endpoint does with each delivery. It is given what behaviours are to find in the bag. */
export function receiver(options: ReceiverOptions): Receive {
  const handlers = byType(options)
  return async (delivery, bag) => {
    const handler = handlers.get(delivery.message.type)
    if (!handler) return unknownType(delivery, options)
    let message: Message
    try {
      message = decode(delivery.message, handler.definition)
    } catch (error) {
      return { kind: 'dead-letter', reason: reasonOf(error) }
    }
    return run({ delivery, bag, handler, message, options })
  }
}

function byType({ handlers, endpoint }: ReceiverOptions): ReadonlyMap<string, Handler> {
  checkHandlers(endpoint, handlers)
  return new Map(handlers.map((handler) => [handler.definition.type, handler]))
}

function unknownType({ message }: Delivery, { endpoint, handlers }: ReceiverOptions): Outcome {
  const known = handlers.map(({ definition }) => definition.type).join(', ')
  return {
    kind: 'dead-letter',
    reason:
      `expected a message type that ${endpoint} handles (${known}), ` +
      `got ${quoted(message.type)}`,
  }
}

type Run = {
  readonly delivery: Delivery
  readonly bag: Bag
  readonly handler: Handler
  readonly message: Message
  readonly options: ReceiverOptions
}

async function run(incoming: Run): Promise<Outcome> {
  const { handler, message, options } = incoming
  let outcome: Outcome = { kind: 'ack' }
  const chain = compose<IncomingContext, IncomingChanges>({
    layers: options.behaviours,
    // A context is never changed: where a behaviour passes nothing on, the same one will do.
    fork: (context, changes) => (changes ? withSender(context, changes, options) : context),
    core: async (context) => {
      const pending = new Pending(context.signal)
      await pending.around(message.type, () =>
        handler.handle(message, followedContext(context, pending)),
      )
    },
  })
  try {
    await chain(firstContext(incoming, (settled) => (outcome = settled)))
    return outcome
  } catch (error) {
    return { kind: 'retry', delayMs: 0, reason: reasonOf(error) }
  }
}

function firstContext(
  { delivery, bag, message, options }: Run,
  settle: IncomingContext['settle'],
): IncomingContext {
  const { endpoint, world, store, http, dispatch } = options
  const named = coinNames([endpoint, message.id, delivery.attempt])
  const log = options.log.child({
    endpoint,
    type: message.type,
    id: message.id,
    attempt: delivery.attempt,
  })
  return withSender(
    {
      endpoint,
      message,
      attempt: delivery.attempt,
      store,
      http,
      dispatch,
      ids: world.ids,
      clock: world.clock,
      sleep: (ms, signal) => world.sleep(ms, signal),
      alarm: alarmIn(world),
      coin: (name) => world.coin(named(name)),
      random: (name) => world.random(named(name)),
      log,
      signal: delivery.signal,
      bag,
      settle,
    },
    undefined,
    options,
  )
}

/** `context` with these changes, whose `publish` and `send` leave through its own dispatch. */
function withSender(
  context: Omit<IncomingContext, keyof Sender>,
  changes: IncomingChanges | undefined,
  { sender }: ReceiverOptions,
): IncomingContext {
  const complete: IncomingContext = {
    ...context,
    ...changes,
    publish: (message, delay) => out.publish(message, delay),
    send: (message, delay) => out.send(message, delay),
  }
  const out = sender({ dispatch: complete.dispatch, cause: complete })
  return complete
}

function followedContext(context: IncomingContext, pending: Pending): IncomingContext {
  return {
    ...context,
    store: followed(context.store, pending),
    http: followedHttp(context.http, pending),
    publish: (message, delay) =>
      pending.follow(`publish(${message.type})`, () => context.publish(message, delay)),
    send: (message, delay) =>
      pending.follow(`send(${message.type})`, () => context.send(message, delay)),
  }
}
