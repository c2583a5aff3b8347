// `inspect`: what waits in the queues of a broker, which messages failed for good and why, and what
// an outbox has not sent yet. It changes nothing.

import { parseArgs } from 'node:util'
import type { Command } from '../command.ts'
import { inspectLines } from '../operating/inspect-lines.ts'
import { inspect } from '../operating/inspection.ts'
import { limitOf } from '../operating/limit.ts'
import { reach } from '../operating/reach.ts'
import { columns } from '../output.ts'

export const command: Command = {
  summary: 'shows what waits in queues, dead letters with their reasons, and an outbox',
  usage:
    '--broker FILE|amqp://... [QUEUE]... [--store FILE] [--limit 20] [--json]\n' +
    '  inspect --broker amqp://... --namespace NAME QUEUE...',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        broker: { type: 'string' },
        namespace: { type: 'string', default: '' },
        store: { type: 'string' },
        /** How many dead letters of each queue are shown. */
        limit: { type: 'string', default: '20' },
        json: { type: 'boolean', default: false },
      },
    })
    const limit = limitOf(values.limit)
    await using reached = await reach(values)
    const { store } = values
    const seen = await inspect({ reached, queues: positionals, limit, store, nowMs: Date.now() })
    if (values.json) console.log(JSON.stringify(seen))
    else console.log(inspectLines(seen, { columns: columns() }).join('\n'))
    return 0
  },
}
