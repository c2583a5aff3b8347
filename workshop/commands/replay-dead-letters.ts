// `replay-dead-letters`: gives messages that failed for good another chance, once their cause is
// mended. Each is published again to its queue, and only then removed from the dead letters.

import { parseArgs } from 'node:util'
import { type Command, SetupProblem } from '../command.ts'
import { limitOf } from '../operating/limit.ts'
import { reach } from '../operating/reach.ts'
import { replay } from '../operating/replay.ts'
import { replayLines } from '../operating/replay-lines.ts'
import { columns } from '../output.ts'

export const command: Command = {
  summary: 'puts dead letters into their queue again, under the same id',
  usage: 'QUEUE --broker FILE|amqp://... --all | --id ID... [--dry-run] [--limit 1000] [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        broker: { type: 'string' },
        namespace: { type: 'string', default: '' },
        id: { type: 'string', multiple: true },
        all: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        limit: { type: 'string', default: '1000' },
        json: { type: 'boolean', default: false },
      },
    })
    const [queue, ...others] = positionals
    if (queue === undefined || others.length > 0) {
      throw new SetupProblem(`expected the name of one queue, got ${positionals.length}`)
    }
    const { id: ids, all } = values
    if (all === (ids !== undefined)) {
      throw new SetupProblem(
        `expected --all, or --id for each message, got ${all ? 'both' : 'neither'}`,
      )
    }
    const limit = limitOf(values.limit)
    await using reached = await reach(values)
    const result = await replay(reached, { queue, ids, limit, dryRun: values['dry-run'] })
    if (values.json) console.log(JSON.stringify(result))
    else console.log(replayLines(result, { columns: columns() }).join('\n'))
    return result.refused.length + result.missing.length === 0 ? 0 : 1
  },
}
