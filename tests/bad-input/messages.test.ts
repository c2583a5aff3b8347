// Every message of the tables meets one endpoint, in a process of its own, between two good ones.

import { deadLetterQueue, sqliteBroker } from '@workshop/shared/broker'
import { header, type WireMessage } from '@workshop/shared/message'
import { sqliteStore } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import { beforeAll, describe, expect, test } from 'vitest'
import { bodies, harmlessBodies } from './bodies.ts'
import { envelopes } from './envelopes.ts'
import { goodBody, sendAsForeigner } from './foreign-sender.ts'
import { isSentence } from './sees.ts'
import { startShop } from './start-shop.ts'
import { testFolder } from './test-folder.ts'

const { until } = realTime()
const dead = deadLetterQueue('orders')
const rows = [...bodies, ...harmlessBodies, ...envelopes].map((row, index) => ({
  ...row,
  name: `row-${index}`,
  sent: row.message(),
}))

type Seen = {
  /** In the order in which they became dead letters. */
  readonly letters: readonly WireMessage[]
  readonly handled: ReadonlyMap<string, unknown>
  readonly output: string
  readonly arePrototypesUntouched: boolean
}

async function meetAll(): Promise<Seen> {
  await using own = await testFolder()
  const { directory } = own
  await using shop = await startShop(directory)
  const sent = rows.flatMap(({ name, sent }) => [
    [`before-${name}`, {}] as const,
    [name, sent] as const,
  ])
  sendAsForeigner(directory, [...sent, ['last', {}]])
  await using broker = sqliteBroker({ directory })
  await using store = sqliteStore({ directory })
  const handled = () => store.list('handled/', { limit: 1000 })
  // A queue is empty as soon as its last message is taken: that is too early to stop.
  const isOver = async (): Promise<boolean> =>
    shop.hasEnded || (await broker.count(dead)) + (await handled()).length >= sent.length + 1
  await until(isOver, 'every message to be handled, or a dead letter')
  const { arePrototypesUntouched } = await shop.stop()
  const entries = await handled()
  return {
    letters: await broker.peek(dead, 1000),
    handled: new Map(entries.map(({ key, value }) => [key.slice('handled/'.length), value])),
    output: shop.output,
    arePrototypesUntouched,
  }
}

describe('an endpoint that is sent', () => {
  let seen: Seen
  beforeAll(async () => {
    seen = await meetAll()
  })

  const letterOf = ({ name, sent }: (typeof rows)[number]): WireMessage => {
    const { id = name, type = 'AddItem', hasNoContent } = sent
    const found = seen.letters.filter((letter) =>
      hasNoContent
        ? letter.id === '' && letter.type === ''
        : letter.id === id && letter.type === type,
    )
    expect(found, `dead letters of ${name}`).toHaveLength(1)
    return found[0]!
  }

  test.each(rows.filter((row) => !row.isHandled))('$given says why', (row) => {
    const letter = letterOf(row)
    const reason = letter.headers[header.deadReason] ?? ''
    expect(isSentence(reason, row.sees), reason).toBe(true)
    expect(letter.headers[header.deadAttempts]).toBe('1')
    const { hasNoContent, body = hasNoContent ? Buffer.alloc(0) : goodBody } = row.sent
    expect(Buffer.from(letter.body).equals(body), 'its bytes').toBe(true)
    expect(seen.handled.has(row.name)).toBe(false)
  })

  test.each(rows.filter((row) => row.isHandled))('$given handles it', ({ name }) => {
    expect(seen.handled.get(name)).toEqual({ orderId: 'order-1', item: 'bell' })
  })

  test('bad messages handles every good one, and nothing else becomes a dead letter', () => {
    const good = rows.map(({ name }) => `before-${name}`)
    expect([...seen.handled.keys()]).toEqual(expect.arrayContaining([...good, 'last']))
    expect(seen.letters).toHaveLength(rows.filter((row) => !row.isHandled).length)
  })

  test('prototype keys has its prototypes as they were', () => {
    expect(seen.arePrototypesUntouched).toBe(true)
  })

  test('control characters writes none of them to its log', () => {
    expect(seen.output).not.toMatch(/[^\P{Cc}\n]/u)
  })
})
