import { effectTimes, sameContent } from '@workshop/shared/check'
import { longRun } from '@workshop/shared/explore'
import { AddItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { candle, counted, nothingWaits, ordered } from './promises.ts'

const messages = 10_000

test('an order of 4 KB has room for ten thousand gifts, and copies come after thousands', () => {
  const { endpoints = {}, store = {} } = ordered(0)
  return longRun(
    {
      endpoints,
      store,
      instances: 1,
      faults: { crashes: 20, unknown: 20 },
      finally: (end) => [
        effectTimes(counted(end), 'candle', messages),
        sameContent(end),
        nothingWaits(end),
      ],
    },
    { messages, message: () => AddItem(candle), copies: 200 },
  )
})
