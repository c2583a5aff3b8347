// Each of these calls is refused with its sentence, before any effect, and the next one works.

import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { sqliteBroker } from '@workshop/shared/broker'
import { AddItem } from '@workshop/shared/shop'
import { absent, sqliteStore } from '@workshop/shared/store'
import { expect, test } from 'vitest'
import { configurations } from './configurations.ts'
import { files } from './files.ts'
import { publisher } from './refused.ts'
import { isSentence, sentenceOf } from './sees.ts'
import { testFolder } from './test-folder.ts'
import { urls } from './urls.ts'
import { noJson, shapes, strangeKeys, strangeRow, tooMuch } from './values.ts'

const topology = {
  queues: [{ name: 'orders' }],
  bindings: [{ event: 'Anything', queue: 'orders' }],
}
const rows = [...noJson, ...tooMuch, ...shapes, ...configurations, ...files, ...urls]

test.each(rows)('$given: $becomes', async ({ attempt, sees }) => {
  await using own = await testFolder()
  const directory = join(own.directory, 'empty')
  await mkdir(directory)
  await using broker = sqliteBroker(own)
  await using store = sqliteStore(own)
  await broker.declare(topology)
  const sentence = await attempt({ broker, store, directory }).then(() => 'nothing', sentenceOf)
  expect(isSentence(sentence, sees), sentence).toBe(true)
  expect(await broker.count('orders')).toBe(0)
  expect(await store.load('order-1', 'nothing')).toMatchObject({ value: 'nothing' })

  await publisher(broker).send(AddItem({ orderId: 'order-1', item: 'bell' }))
  await store.save('order-1', 'something', absent)
  expect(await broker.count('orders')).toBe(1)
  expect(await store.load('order-1', 'nothing')).toMatchObject({ value: 'something' })
})

test(`${strangeRow.given}: ${strangeRow.becomes}`, async () => {
  await using own = await testFolder()
  await using store = sqliteStore(own)
  for (const key of strangeKeys) await store.save(key, { key }, absent)
  for (const key of strangeKeys) expect(await store.load(key, {})).toMatchObject({ value: { key } })
  const listed = await store.list('order-1/', { limit: 100 })
  const expected = strangeKeys.filter((key) => key.startsWith('order-1/'))
  expect(listed.map(({ key }) => key).toSorted()).toEqual(expected.toSorted())
  expect(await store.load('prototype', 'nothing')).toMatchObject({ value: 'nothing' })
})
