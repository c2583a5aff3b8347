// What must not compile. The compiler is the test: a line that does compile fails the type check as
// an unused expectation. Nothing here is ever run.

import { AddItem, ItemAdded } from '../shop/index.ts'
import { handler, type MessageOf } from './handler.ts'

const done = (_value: unknown): Promise<void> => Promise.resolve()

export const mistakes = [
  // @ts-expect-error a handler of ItemAdded cannot be given AddItem's messages
  handler(AddItem, (message: MessageOf<typeof ItemAdded>) => done(message)),
  // @ts-expect-error the body of AddItem has no price
  handler(AddItem, ({ body }) => done(body.price)),
  // @ts-expect-error a command is sent, not published
  handler(AddItem, ({ body }, { publish }) => publish(AddItem(body))),
  // @ts-expect-error an event is published, not sent
  handler(AddItem, ({ body }, { send }) => send(ItemAdded(body))),
  // @ts-expect-error a wrong payload: the item is missing
  handler(AddItem, (_message, { publish }) => publish(ItemAdded({ orderId: 'order-1' }))),
  // @ts-expect-error a handler waits for what it does
  handler(AddItem, () => undefined),
]
