import { type View, Violation } from '@workshop/shared/check'
import { crash, follow, run } from '@workshop/shared/explore'
import { canonicalJson, type Outgoing } from '@workshop/shared/message'
import { AddItem } from '@workshop/shared/shop'
import { expect, test } from 'vitest'
import { crashTable, type Row } from './crash-table.ts'
import { addItem } from './orders.ts'

const porsche = AddItem({ orderId: 'order-1', item: 'porsche' }, { id: 'porsche' })

type Found = Omit<Row, 'crashAfter'>
type Stored = { readonly outbox?: Readonly<Record<string, readonly Outgoing[] | null>> }

/** What a crash left, and what the next copy did: what the reader's handler really does. */
function foundIn({ history }: View): Found {
  const again = history.findLastIndex(({ kind }) => kind === 'delivered')
  const [before, after] = [history.slice(0, again), history.slice(again)]
  const saved = before.findLast((event) => event.kind === 'saved')
  const entry = (saved?.value as Stored | undefined)?.outbox?.['porsche']
  return {
    outbox: entry === undefined ? 'absent' : entry === null ? 'null' : 'list',
    sent: before.filter((event) => event.kind === 'published' && 'event' in event.to).length,
    nextCopy: after.flatMap(({ kind }) =>
      kind === 'saved' ? ['save'] : kind === 'published' ? ['publish'] : [],
    ),
  }
}

/** The columns in which a row says something else than what happens. */
async function wrongIn({ crashAfter, ...told }: Row): Promise<readonly string[]> {
  const followed = await follow(
    {
      endpoints: { orders: [addItem] },
      given: [porsche],
      faults: { crashes: 1 },
      finally: () => [],
    },
    [...crashAfter.map((until) => run('porsche', { until })), crash('porsche')],
  )
  if (!followed) return []
  const found = foundIn(followed.end)
  const columns = ['outbox', 'sent', 'nextCopy'] as const
  return columns.filter((column) => canonicalJson(told[column]) !== canonicalJson(found[column]))
}

test('your crash table says what the outbox does', async () => {
  expect(crashTable).toHaveLength(5)
  for (const [index, row] of crashTable.entries()) {
    const wrong = await wrongIn(row)
    if (wrong.length === 0) continue
    const sentence = `row ${index + 1}: expected something else in ${wrong.join(' and ')}`
    throw new Violation('ALTERNATIVE_WORLDS', sentence)
  }
})
