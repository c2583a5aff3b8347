// All rows, and what follows from them: READY with a code, or what is to be mended. The code is
// made from the facts and stays here: whoever reads it out has run the doctor to its end.

import { createHash } from 'node:crypto'
import type { Facts } from './facts.ts'
import * as machine from './machine-rows.ts'
import { exerciseRow, type Played } from './mini-exercise.ts'
import type { Row } from './row.ts'
import * as tools from './tool-rows.ts'

export type Diagnosis = {
  readonly rows: readonly Row[]
  readonly isReady: boolean
  /** Four letters and digits that are hard to confuse; only of a machine that is ready. */
  readonly code: string | undefined
}

export function diagnose(facts: Facts, played: Played): Diagnosis {
  const rows = [...rowsOf(facts), exerciseRow(played)]
  const isReady = rows.every(({ ok }) => ok !== false)
  return { rows, isReady, code: isReady ? codeOf(facts) : undefined }
}

export const rowsOf = (facts: Facts): readonly Row[] => [
  tools.nodeRow(facts),
  machine.systemRow(facts),
  tools.pnpmRow(facts),
  tools.gitRow(facts),
  tools.typescriptRow(facts),
  tools.sqliteRow(facts),
  ...machine.writableRows(facts.folder),
  machine.fileEventsRow(facts.folder),
  machine.diskRow(facts.folder),
  machine.pathRow(facts),
  machine.endingsRow(facts.folder),
  machine.terminalRow(facts),
  machine.loopbackRow(facts),
  machine.processorsRow(facts),
  machine.memoryRow(facts),
  tools.editorRow(facts),
  tools.rabbitmqRow(facts),
]

/** Without 0, 1, I, L, O and U: the code is read out in a room. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The same for every run on one machine, however full its disk is and wide its window. */
function codeOf({ node, platform, arch, typescript, sqlite, processors }: Facts): string {
  const facts = JSON.stringify([node, platform, arch, typescript, sqlite, processors])
  const digest = createHash('sha256').update(facts).digest()
  return [...digest.subarray(0, 4)].map((byte) => alphabet[byte % alphabet.length]).join('')
}
