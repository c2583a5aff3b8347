// A process of the tests: an endpoint on the embedded broker and store, which writes down what it
// handled. Told to over IPC, it stops, reports, and has to end by itself.

import { sqliteBroker } from '@workshop/shared/broker'
import { handler, pinoLog, startEndpoint } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import { absent, sqliteStore } from '@workshop/shared/store'
import type { ShopOrder, ShopReport } from './start-shop.ts'

const [directory = ''] = process.argv.slice(2)
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype]
const namesOf = (): string => JSON.stringify(prototypes.map(Object.getOwnPropertyNames))
const namesAtStart = namesOf()

const broker = sqliteBroker({ directory })
const store = sqliteStore({ directory })
const endpoint = await startEndpoint({
  name: 'orders',
  broker,
  store,
  log: pinoLog({ name: 'shop' }),
  handlers: [
    handler(AddItem, async ({ id, body }, context) => {
      await context.store.save(`handled/${id}`, body, absent)
    }),
  ],
})

const report = (what: ShopReport): void => void process.send?.(what)

async function stop(): Promise<void> {
  await endpoint.stop()
  await broker.close()
  await store.close()
  report({
    kind: 'stopped',
    stats: endpoint.stats,
    arePrototypesUntouched: namesOf() === namesAtStart,
    mostMemoryMb: Math.ceil(process.resourceUsage().maxRSS / 1024),
  })
  process.disconnect()
}

// What fails in it fails loudly: a rejection that nobody handles ends the process.
process.on('message', (order: ShopOrder) => {
  if (order.kind === 'stop') void stop()
})
report({ kind: 'ready', mostMemoryMb: Math.ceil(process.resourceUsage().maxRSS / 1024) })
