// Looks at the machine before anything else does, in well under a second: what is wrong is said
// first, as a set-up problem with its cure, and never blamed on the reader's code. `doctor` looks at
// more, by the same rows.

import { SetupProblem } from './command.ts'
import { sqliteVersion } from './doctor/look.ts'
import { systemRow, writableRows } from './doctor/machine-rows.ts'
import { nodeFacts, writableFacts } from './doctor/read-facts.ts'
import { fine, type Row } from './doctor/row.ts'
import { nodeRow, sqliteRow } from './doctor/tool-rows.ts'

export type MachineRow = { readonly name: string; readonly value: string }

/** What the workshop runs on. Throws a `SetupProblem` where it cannot run. */
export async function checkMachine(): Promise<readonly MachineRow[]> {
  const { platform, arch } = process
  const [node, sqlite, writable] = await Promise.all([
    nodeFacts(),
    sqliteVersion(),
    writableFacts(),
  ])
  refuseBroken([
    nodeRow({ node }),
    ...writableRows({ writable }),
    sqliteRow({ sqlite, platform, arch }),
  ])
  return [
    fine('Node', node.version),
    systemRow({ platform, arch }),
    fine('broker', 'embedded (SQLite)'),
  ]
}

function refuseBroken(rows: readonly Row[]): void {
  const ill = rows.filter(({ ok }) => ok === false)
  if (ill.length === 0) return
  const sentences = ill.map(({ name, value, fix }) => `${name}: ${value}. ${fix}`)
  throw new SetupProblem(sentences.join('\n'))
}
