import { boundedGrowth, effectTimes, sameContent } from '@workshop/shared/check'
import { longRun } from '@workshop/shared/explore'
import { test } from 'vitest'
import { candleSentAt, counted, dayMs, expiring, nothingWaits, orders } from './promises.ts'

const messages = 3000
/** About a thousand of them are sent in a week. */
const everyMs = (7 * dayMs) / 1000

test('of three thousand messages in three weeks, those of one week are remembered', () =>
  longRun(
    {
      endpoints: { orders },
      instances: 1,
      deadLetters: true,
      store: expiring('vanishes'),
      faults: { crashes: 10, unknown: 10 },
      always: (now) => [boundedGrowth(now, 'processed-', 1100)],
      finally: (end) => [
        effectTimes(counted(end), 'candle', messages),
        boundedGrowth(end, 'processed-', 1100),
        sameContent(end),
        nothingWaits(end),
      ],
    },
    { messages, everyMs, message: (number) => candleSentAt(number * everyMs), copies: 100 },
  ))
