// What the tests of this folder share: one delivery, handed to handlers and behaviours directly,
// with everything that they sent kept for a look. No broker, no store, no real time.

import type { Delivery, Outcome, Settled } from '../broker/index.ts'
import { encode, type Message, messageId, type WireMessage } from '../message/index.ts'
import { AddItem } from '../shop/index.ts'
import type { Store } from '../store/index.ts'
import { type Http, ManualWorld, noHttp } from '../world/index.ts'
import type { Behaviour } from './behaviour.ts'
import type { Dispatch, HandlerContext, Log } from './context.ts'
import { type Handler, handler, type MessageOf } from './handler.ts'
import { silent } from './log.ts'
import { receiver } from './receiver.ts'
import { sender } from './sender.ts'
import { watched } from './watch.ts'

export type FixtureOptions = {
  /** Default: `orders`. */
  readonly endpoint?: string
  readonly behaviours?: readonly Behaviour[]
  readonly world?: ManualWorld
  readonly store?: Partial<Store>
  readonly http?: Http
  readonly routes?: Readonly<Record<string, string>>
  readonly dispatch?: (dispatch: Dispatch) => Promise<void>
  readonly log?: Log
}

/** The message that the tests are about. */
export const addPorsche: Message = {
  id: messageId('click-1'),
  type: 'AddItem',
  body: { orderId: 'order-1', item: 'porsche' },
  headers: {},
}

export function fixture(handlers: readonly Handler[], options: FixtureOptions = {}) {
  const { endpoint = 'orders' } = options
  const { behaviours = [], world = new ManualWorld(), routes = {}, log = silent } = options
  const sent: Dispatch[] = []
  const dispatch =
    options.dispatch ??
    ((one: Dispatch) => {
      sent.push(one)
      return Promise.resolve()
    })
  const receive = receiver({
    endpoint,
    handlers,
    behaviours: behaviours.flatMap(({ incoming }) => incoming ?? []),
    store: (options.store ?? {}) as Store,
    http: options.http ?? noHttp,
    dispatch,
    sender: sender({
      endpoint,
      world,
      routes,
      behaviours: behaviours.flatMap(({ outgoing }) => outgoing ?? []),
      log: silent,
    }),
    world,
    log,
  })
  const watches = behaviours.flatMap(({ watch }) => watch ?? [])
  const { handle, onSettled } = watched(receive, watches, {
    endpoint,
    clock: world.clock,
    log,
  })
  return {
    sent,
    /** Hands over one delivery, and then says that this became of it. */
    deliverAndSettle: async (
      message: Message | WireMessage,
      settled: Settled,
      attempt = 1,
    ): Promise<void> => {
      const delivery = deliveryOf(message, attempt)
      await handle(delivery)
      onSettled?.(delivery, settled)
    },
    /** Hands over one delivery, which may be anything. */
    deliver: (message: Message | WireMessage, attempt = 1, signal = new AbortController().signal) =>
      handle(deliveryOf(message, attempt, signal)),
  }
}

function deliveryOf(
  message: Message | WireMessage,
  attempt: number,
  signal = new AbortController().signal,
): Delivery {
  const wire =
    message.body instanceof Uint8Array ? (message as WireMessage) : encode(message as Message)
  return { message: wire, queue: 'orders', attempt, signal }
}

/** A handler of `AddItem` that does `work`, and counts how often it ran. */
export function counting(
  work: (run: number, message: MessageOf<typeof AddItem>, context: HandlerContext) => unknown,
) {
  const runs = { count: 0 }
  const counted = handler(AddItem, async (message, context) => {
    runs.count += 1
    await work(runs.count, message, context)
  })
  return { runs, handler: counted }
}

/** Throws `error` on the first `times` runs. */
export const failing =
  (times: number, error: Error) =>
  (run: number): void => {
    if (run <= times) throw error
  }

export const reasonIn = (outcome: Outcome): string => ('reason' in outcome ? outcome.reason : '')
