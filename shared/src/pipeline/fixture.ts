// What the tests of this folder share: one delivery, handed to handlers and behaviours directly,
// with everything that they sent kept for a look. No broker, no store, no real time.

import type { Outcome } from '../broker/index.ts'
import { encode, type Message, messageId, type WireMessage } from '../message/index.ts'
import { AddItem } from '../shop/index.ts'
import type { Store } from '../store/index.ts'
import { ManualWorld } from '../world/index.ts'
import type { Behaviour } from './behaviour.ts'
import type { Dispatch, HandlerContext } from './context.ts'
import { type Handler, handler, type MessageOf } from './handler.ts'
import { silent } from './log.ts'
import { receiver } from './receiver.ts'
import { sender } from './sender.ts'

export type FixtureOptions = {
  readonly behaviours?: readonly Behaviour[]
  readonly world?: ManualWorld
  readonly store?: Partial<Store>
  readonly routes?: Readonly<Record<string, string>>
  readonly dispatch?: (dispatch: Dispatch) => Promise<void>
}

/** The message that the tests are about. */
export const addPorsche: Message = {
  id: messageId('click-1'),
  type: 'AddItem',
  body: { orderId: 'order-1', item: 'porsche' },
  headers: {},
}

export function fixture(handlers: readonly Handler[], options: FixtureOptions = {}) {
  const { behaviours = [], world = new ManualWorld(), routes = {} } = options
  const sent: Dispatch[] = []
  const dispatch =
    options.dispatch ??
    ((one: Dispatch) => {
      sent.push(one)
      return Promise.resolve()
    })
  const handle = receiver({
    endpoint: 'orders',
    handlers,
    behaviours: behaviours.flatMap(({ incoming }) => incoming ?? []),
    store: (options.store ?? {}) as Store,
    dispatch,
    sender: sender({
      endpoint: 'orders',
      world,
      routes,
      behaviours: behaviours.flatMap(({ outgoing }) => outgoing ?? []),
      log: silent,
    }),
    world,
    log: silent,
  })
  return {
    sent,
    /** Hands over one delivery, which may be anything. */
    deliver: (message: Message | WireMessage, attempt = 1, signal = new AbortController().signal) =>
      handle({
        message:
          message.body instanceof Uint8Array ? (message as never) : encode(message as Message),
        queue: 'orders',
        attempt,
        signal,
      }),
  }
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
