// Five runs as the explorer finds them, one for each way in which a message goes wrong: the data
// behind the golden files. They are written by hand, and played by nobody.

import type { Diagram, Lane } from '../model.ts'
import { delivery, numbered, sent } from './script.ts'

const lane = (title: string, kind: Lane['kind']): Lane => ({ id: title, title, kind })

const shop: readonly Lane[] = [
  lane('customer', 'client'),
  lane('orders', 'queue'),
  lane('orders-1', 'process'),
  lane('orders-2', 'process'),
  lane('shipping', 'queue'),
  lane('shipping-1', 'process'),
  lane('store', 'store'),
]

const addPorsche = { id: 'given-1', label: 'AddItem(porsche)' }
const addSledge = { id: 'given-2', label: 'AddItem(sledge)' }
const addGlobe = { id: 'given-1', label: 'AddItem(globe)' }
const removePorsche = { id: 'given-2', label: 'RemoveItem(porsche)' }
const porscheAdded = { id: 'given-1.1', label: 'ItemAdded(porsche)' }
const porscheAddedAgain = { id: 'given-1.2', label: 'ItemAdded(porsche)' }
const sledgeAdded = { id: 'given-2.1', label: 'ItemAdded(sledge)' }
const globeAdded = (number: number) => ({ id: `given-1.${number}`, label: 'ItemAdded(globe)' })
const porscheRemoved = { id: 'given-2.1', label: 'ItemRemoved(porsche)' }

const orders = (process: string, message: typeof addPorsche, work: string) =>
  delivery({ queue: 'orders', process, message, file: 'orders.ts', work })
const shipping = (message: typeof addPorsche, work: string) =>
  delivery({ queue: 'shipping', process: 'shipping-1', message, file: 'shipping.ts', work })

/** Saved, crashed, and taken for a duplicate: nothing announces the porsche. */
function lost(): Diagram {
  const first = orders('orders-1', addPorsche, 'a')
  const again = orders('orders-1', addPorsche, 'b')
  const other = orders('orders-2', addSledge, 'c')
  const ship = shipping(sledgeAdded, 'd')
  return {
    lanes: shop,
    events: numbered([
      sent('customer', 'orders', addPorsche),
      sent('customer', 'orders', addSledge),
      first.takes(),
      other.takes(),
      other.loads('order-2', '[] v0', 7),
      other.saves('order-2', '[sledge] v1', 9),
      other.publishes('shipping', sledgeAdded, 10),
      other.acks(),
      first.loads('order-1', '[] v0', 7),
      first.saves('order-1', '[porsche] v1', 9),
      { kind: 'crashed', lane: 'orders-1' },
      ship.takes(),
      ship.loads('parcel-2', 'nothing', 4),
      ship.saves('parcel-2', '[sledge] v1', 6),
      ship.acks(),
      { kind: 'restarted', lane: 'orders-1' },
      again.takes({ attempt: 2 }),
      again.loads('order-1', '[porsche] v1', 7),
      { kind: 'note', lane: 'orders-1', text: 'porsche is there: a duplicate', work: 'b' },
      again.acks(),
    ]),
    verdict: {
      code: 'LOST_MESSAGE',
      sentence:
        'expected ItemAdded {"item":"porsche","orderId":"order-1"} to be published, got no such ' +
        'message',
      about: ['order-1', 'given-1'],
    },
  }
}

/** Announced before it is saved, and it is never saved. */
function ghost(): Diagram {
  const attempts = ['a', 'b', 'c'].map((work) => orders('orders-1', addGlobe, work))
  const ships = ['d', 'e', 'f'].map((work, index) => shipping(globeAdded(index + 1), work))
  const refused = { is: 'refused', error: 'Unavailable' } as const
  return {
    lanes: shop.filter(({ id }) => id !== 'orders-2'),
    events: numbered([
      sent('customer', 'orders', addGlobe),
      ...attempts.flatMap((one, index) => [
        one.takes({ attempt: index + 1 }),
        one.loads('order-1', '[] v0', 7),
        one.publishes('shipping', globeAdded(index + 1), 8),
        one.saves('order-1', refused, 9),
        index < 2
          ? one.retries({ reason: 'Unavailable' })
          : one.deadLetters({ reason: 'failed 3 times' }),
      ]),
      ...ships
        .slice(0, 2)
        .flatMap((one, index) => [
          one.takes(),
          one.loads('parcel-1', index === 0 ? 'nothing' : '[globe] v1', 4),
          ...(index === 0 ? [one.saves('parcel-1', '[globe] v1', 6)] : []),
          one.acks(),
        ]),
    ]),
    verdict: {
      code: 'GHOST_MESSAGE',
      sentence: 'expected ItemAdded only for what is in order-1, got it for "globe", which is not',
      about: ['order-1', 'given-1'],
    },
  }
}

/** One command, handed out twice, obeyed twice. */
function duplicate(): Diagram {
  const first = orders('orders-1', addPorsche, 'a')
  const copy = orders('orders-2', addPorsche, 'b')
  const ships = [shipping(porscheAdded, 'c'), shipping(porscheAddedAgain, 'd')]
  const conflict = { is: 'refused', error: 'Conflict' } as const
  return {
    lanes: shop,
    events: numbered([
      sent('customer', 'orders', addPorsche),
      first.takes(),
      first.loads('order-1', '[] v0', 7),
      copy.takes({ copy: 'duplicate' }),
      copy.loads('order-1', '[] v0', 7),
      first.saves('order-1', '[porsche] v1', 9),
      first.publishes('shipping', porscheAdded, 10),
      first.acks(),
      copy.saves('order-1', conflict, 9),
      copy.loads('order-1', '[porsche] v1', 7),
      copy.saves('order-1', '[porsche, porsche] v2', 9),
      copy.publishes('shipping', porscheAddedAgain, 10),
      copy.acks(),
      ...ships.flatMap((ship) => [ship.takes(), ship.loads('parcel-1', 'nothing', 4), ship.acks()]),
    ]),
    verdict: {
      code: 'DUPLICATE_EFFECT',
      sentence: 'expected "porsche" once, got it 2 times',
      about: ['order-1', 'given-1'],
    },
  }
}

/** Added, removed, and put back by a copy of the first command that was on its way for long. */
function stale(): Diagram {
  const add = orders('orders-1', addPorsche, 'a')
  const remove = orders('orders-2', removePorsche, 'b')
  const late = orders('orders-1', addPorsche, 'c')
  const ships = [shipping(porscheAdded, 'd'), shipping(porscheRemoved, 'e')]
  return {
    lanes: shop,
    events: numbered([
      sent('customer', 'orders', addPorsche),
      add.takes(),
      add.loads('order-1', '[] v0', 7),
      add.saves('order-1', '[porsche] v1', 9),
      add.publishes('shipping', porscheAdded, 10),
      add.acks(),
      sent('customer', 'orders', removePorsche),
      remove.takes(),
      remove.loads('order-1', '[porsche] v1', 16),
      remove.saves('order-1', '[] v2', 18),
      remove.publishes('shipping', porscheRemoved, 19),
      remove.acks(),
      ...ships.flatMap((ship) => [ship.takes(), ship.loads('parcel-1', 'nothing', 4), ship.acks()]),
      late.takes({ copy: 'late copy' }),
      late.loads('order-1', '[] v2', 7),
      late.saves('order-1', '[porsche] v3', 9),
      late.publishes('shipping', porscheAddedAgain, 10),
      late.acks(),
    ]),
    verdict: {
      code: 'STALE_WRITE',
      sentence:
        'expected order-1 without "porsche", which was removed, got it put back by the ' +
        'AddItem from before',
      about: ['order-1', 'given-1', 'given-2'],
    },
  }
}

/** The same payment, judged twice: once with enough money on the account, once without. */
function alternativeWorlds(): Diagram {
  const book = { id: 'given-1', label: 'BookPayment(80)' }
  const booked = { id: 'given-1.1', label: 'PaymentBooked(80)' }
  const declined = { id: 'given-1.2', label: 'PaymentDeclined(80)' }
  const pay = (process: string, work: string) =>
    delivery({ queue: 'payments', process, message: book, file: 'payments.ts', work })
  const answer = (message: typeof book, work: string) =>
    delivery({ queue: 'orders', process: 'orders-1', message, file: 'orders.ts', work })
  const first = pay('payments-1', 'a')
  const late = pay('payments-2', 'b')
  const paid = answer(booked, 'c')
  const unpaid = answer(declined, 'd')
  return {
    lanes: [
      lane('customer', 'client'),
      lane('payments', 'queue'),
      lane('payments-1', 'process'),
      lane('payments-2', 'process'),
      lane('orders', 'queue'),
      lane('orders-1', 'process'),
      lane('store', 'store'),
    ],
    events: numbered([
      sent('customer', 'payments', book),
      first.takes(),
      first.loads('account-7', '100 v3', 12),
      first.saves('account-7', '20 v4', 14),
      first.publishes('orders', booked, 15),
      first.acks(),
      paid.takes(),
      paid.loads('order-1', 'unpaid v1', 21),
      paid.saves('order-1', 'paid v2', 23),
      paid.acks(),
      late.takes({ copy: 'late copy' }),
      late.loads('account-7', '20 v4', 12),
      { kind: 'note', lane: 'payments-2', text: '80 is more than 20', work: 'b' },
      late.publishes('orders', declined, 17),
      late.acks(),
      unpaid.takes(),
      unpaid.loads('order-1', 'paid v2', 21),
      unpaid.saves('order-1', 'cancelled v3', 27),
      unpaid.acks(),
    ]),
    verdict: {
      code: 'ALTERNATIVE_WORLDS',
      sentence: 'expected one answer to BookPayment(80), got PaymentBooked and PaymentDeclined',
      about: ['account-7', 'given-1'],
    },
  }
}

export const fixtures = {
  lost: lost(),
  ghost: ghost(),
  duplicate: duplicate(),
  stale: stale(),
  'alternative-worlds': alternativeWorlds(),
} as const satisfies Readonly<Record<string, Diagram>>
