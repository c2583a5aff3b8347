// A body of 100 MB, and a few more of them behind it, in the queue of an endpoint in a process of
// its own: its memory is bounded, and what is behind them is handled.

import { join } from 'node:path'
import { deadLetterQueue, sqliteBroker } from '@workshop/shared/broker'
import { sqliteStore } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sendAsForeigner } from './foreign-sender.ts'
import { hugeBody, hugeRow } from './huge.ts'
import { isSentence } from './sees.ts'
import { startShop } from './start-shop.ts'
import { testFolder } from './test-folder.ts'

const { until } = realTime()
const dead = deadLetterQueue('orders')
const copies = 3

test(`${hugeRow.given}: ${hugeRow.becomes}`, async () => {
  await using own = await testFolder()
  const { directory } = own
  await using shop = await startShop(directory)
  const body = hugeBody()
  sendAsForeigner(directory, [
    ['before', {}],
    ...Array.from({ length: copies }, (_, index) => [`huge-${index}`, { body }] as const),
    ['after', {}],
  ])
  await using broker = sqliteBroker({ directory })
  await until(
    async () =>
      shop.hasEnded ||
      ((await broker.count(dead)) === copies && (await broker.count('orders')) === 0),
    'the dead letters',
  )
  const { mostMemoryMb } = await shop.stop()
  await using store = sqliteStore({ directory })
  const handled = (await store.list('handled/', { limit: 10 })).map(({ key }) => key)
  expect(handled).toEqual(['handled/after', 'handled/before'])

  const file = new Sqlite(join(directory, 'broker.sqlite'), { readonly: true })
  const letters = file
    .prepare<[string], { headers: string; bytes: number }>(
      `select headers, length(body) as bytes from content
       join message using (seq) where queue = ?`,
    )
    .all(dead)
  file.close()
  expect(letters).toHaveLength(copies)
  for (const { headers, bytes } of letters) {
    const { deadReason = '' } = JSON.parse(headers) as Record<string, string>
    expect(isSentence(deadReason, hugeRow.sees), deadReason).toBe(true)
    expect(bytes).toBe(body.length)
  }
  // One of them at a time, and not all that a consumer may hold at once.
  expect(mostMemoryMb - shop.memoryAtStartMb).toBeLessThan(350)
})
