// The script of the live demonstration: one order, two systems, four kills, and what is left.

import type { SystemsDemonstration } from '@workshop/shared/explore'
import { command } from '@workshop/shared/message'
import { handler } from '@workshop/shared/pipeline'
import { z } from 'zod'

const name = z.string()
const PayOrder = command('PayOrder', z.object({ order: name, amount: z.int() }))
const CollectAnswer = command('CollectAnswer', z.object({ order: name }))

type Order = { readonly envelope?: string; readonly answer?: { readonly isPaid: boolean } }
type Account = { readonly paid: readonly { readonly order: string }[] }

const asOrder = (value: unknown): Order => value ?? {}

export const systems: SystemsDemonstration = {
  sentence: 'two systems are killed in the middle, and then every request comes once more',
  endpoint: { name: 'orders', file: 'orders.ts' },
  server: { name: 'bank', file: 'bank.ts' },
  handled: [PayOrder, CollectAnswer].map((one) => handler(one, () => Promise.resolve())),
  given: (item) => [PayOrder({ order: item, amount: 60 })],
  kills: [
    { after: 'PUT', kill: 'endpoint' },
    { after: 'POST', kill: 'server' },
    { after: 'POST', kill: 'endpoint' },
    { after: 'DELETE', kill: 'server' },
  ],
  isOver: (shop) =>
    [...shop.values()].map(asOrder).some((order) => order.answer && !order.envelope),
  ending: ({ item, kills, shop, bank }) => {
    const account = (bank.get('bank/account') ?? { paid: [] }) as Account
    const times = account.paid.filter(({ order }) => order === item).length
    const envelopes = [...bank.keys()].filter((key) => key !== 'bank/account').length
    const { answer, envelope } = asOrder(shop.get(item))
    const paid = times === 1 ? 'paid once' : `paid ${times} times`
    const shown =
      `${item}: ${answer?.isPaid ? 'paid' : 'not paid'}; at the bank: ${paid}, ` +
      `${envelopes} envelopes left`
    if (times !== 1) return { ok: false, sentence: `one ${item}, paid ${times} times`, shown }
    if (envelopes > 0 || envelope !== undefined) {
      return { ok: false, sentence: `one ${item}, paid once, and waste paper left`, shown }
    }
    const sentence = `${kills} kills: one ${item}, paid once, nothing left on either side`
    return { ok: answer?.isPaid === true, sentence, shown }
  },
}
