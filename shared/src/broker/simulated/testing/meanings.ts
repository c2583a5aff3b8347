// What each fault means, and where a message goes that comes back: a story for each, with all the
// ways in which it can end. Exercises depend on these meanings, to the letter.

import type { Broker } from '../../broker.ts'
import { ack, aMessage, release, retry } from '../../contract/parts.ts'
import type { BrokerEvent } from '../detail.ts'
import type { Say, Story } from './story.ts'

export type Meaning = Story & { readonly title: string; readonly endings: readonly string[] }

const twoMessages = ['a', 'b']

const deliveriesAndSettlements = (event: BrokerEvent): string | undefined => {
  if (event.kind === 'delivered') return `${event.message.id}${event.attempt}`
  return event.kind === 'settled' ? `${event.outcome}(${event.message.id})` : undefined
}

const publications = (event: BrokerEvent): string | undefined =>
  event.kind === 'published' ? 'published' : undefined

/** Publishes x, and says what it was told. */
async function publishesX(broker: Broker, say: Say): Promise<void> {
  const queues = ['billing', 'shipping']
  const bindings = queues.map((queue) => ({ event: 'OrderPlaced', queue }))
  await broker.declare({ queues: queues.map((name) => ({ name })), bindings })
  await broker.publish({ event: 'OrderPlaced' }, aMessage('x')).then(
    () => say('confirmed'),
    (error: Error) => say(error.name),
  )
}

export const meanings: readonly Meaning[] = [
  {
    title: 'without faults, messages are handed out in order, once each',
    given: twoMessages,
    endings: ['a1 b1'],
  },
  {
    title: 'a duplicate is handed out right after its original, as attempt 1',
    given: twoMessages,
    faults: { duplicates: 1 },
    endings: ['a1 a1 b1', 'a1 b1', 'a1 b1 b1'],
  },
  {
    title: 'a copy knows nothing of the attempts of its original',
    given: ['a'],
    faults: { duplicates: 1 },
    handler:
      () =>
      async ({ attempt }) =>
        attempt === 1 ? retry('once more') : ack,
    endings: ['a1 a2', 'a1 a2 a1 a2'],
  },
  {
    title: 'a late copy is of a message that was handed out, and waits behind what is there',
    given: twoMessages,
    faults: { lateCopies: 1 },
    endings: ['a1 b1', 'a1 b1 a1', 'a1 b1 b1'],
  },
  {
    title: 'a reordering lets one message overtake those before it',
    given: ['a', 'b', 'c'],
    faults: { reorderings: 1 },
    endings: ['a1 b1 c1', 'a1 c1 b1', 'b1 a1 c1', 'c1 a1 b1'],
  },
  {
    title: 'what a crash interrupts is next, and counted',
    given: twoMessages,
    faults: { crashes: 1 },
    endings: ['a1 a2 b1', 'a1 b1', 'a1 b1 b2'],
  },
  {
    title: 'what a crash interrupts comes back in the order in which it was handed out',
    given: twoMessages,
    prefetch: 2,
    faults: { crashes: 1 },
    endings: ['a1 a2 b1', 'a1 b1', 'a1 b1 a2', 'a1 b1 a2 b2', 'a1 b1 b2'],
  },
  {
    title: 'a message that is retried at once is next, and counted',
    given: twoMessages,
    handler:
      () =>
      async ({ attempt }) =>
        attempt === 1 ? retry('once more') : ack,
    endings: ['a1 a2 b1 b2'],
  },
  {
    title: 'a message that is released is next, and not counted',
    given: twoMessages,
    handler: () => {
      let released = 0
      return async () => ((released += 1) <= 2 ? release : ack)
    },
    endings: ['a1 a1 a1 b1'],
  },
  {
    title: 'a lease that expires hands the message out again; what its first handler did is lost',
    given: twoMessages,
    faults: { expiredLeases: 1 },
    tells: deliveriesAndSettlements,
    endings: ['a1 a2 ack(a) b1 ack(b)', 'a1 ack(a) b1 ack(b)', 'a1 ack(a) b1 b2 ack(b)'],
  },
  {
    title: 'the first handler is not told that its lease expired',
    given: ['a'],
    faults: { expiredLeases: 1 },
    handler:
      (broker, say) =>
      async ({ signal }) => {
        await broker.count('orders')
        say(signal.aborted ? 'aborted' : 'goes on')
        return ack
      },
    endings: ['a1 goes on', 'a1 goes on a2 goes on'],
  },
  {
    title: 'at the delivery limit, what comes back is a dead letter',
    given: twoMessages,
    deliveryLimit: 2,
    faults: { crashes: 1, expiredLeases: 1 },
    endings: [
      'a1 a2 b1',
      'a1 a2 b1 b2',
      'a1 a2 b1 orders.dead:a',
      'a1 b1',
      'a1 b1 b2',
      'a1 b1 b2 orders.dead:b',
    ],
  },
  {
    title: 'a publish that is refused is certainly not stored',
    client: publishesX,
    faults: { refused: 1 },
    tells: publications,
    endings: ['Unavailable', 'published confirmed billing:x shipping:x'],
  },
  {
    title: 'what nobody knows is stored in every queue that is bound to the event, or in none',
    client: publishesX,
    faults: { unknown: 1 },
    tells: publications,
    endings: [
      'Unknown',
      'published Unknown billing:x shipping:x',
      'published confirmed billing:x shipping:x',
    ],
  },
]
