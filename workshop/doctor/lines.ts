// The doctor's answer as lines of text: each row with a sign and a word, its cure below it, and the
// verdict last.

import type { Diagnosis } from './diagnosis.ts'
import type { Row } from './row.ts'
import { wrapTo } from './wrap.ts'

export type LinesOptions = {
  readonly columns: number
  /** How long all of it took, in milliseconds. */
  readonly ms: number
}

export function diagnosisLines(diagnosis: Diagnosis, { columns, ms }: LinesOptions) {
  const { rows, isReady, code } = diagnosis
  const seconds = `${(ms / 1000).toFixed(1)} s`
  const ill = rows.filter(({ ok }) => ok === false).map(({ name }) => name)
  const verdict = isReady
    ? `READY  code ${code}  ·  ${seconds}  ·  nothing was sent`
    : `NOT READY  to mend: ${ill.join(', ')}  ·  ${seconds}`
  return [
    'Is this machine ready? Nothing leaves it.',
    '',
    ...rows.flatMap((row) => rowLines(row, columns)),
    '',
    ...wrapTo(columns, verdict, { first: '', others: '  ' }),
  ]
}

function rowLines(row: Row, columns: number): readonly string[] {
  const { name, value, fix } = row
  const first = ` ${signOf(row)} ${name.padEnd(14)}`
  const others = ' '.repeat(first.length)
  return [
    ...wrapTo(columns, value, { first, others }),
    ...(fix === undefined ? [] : wrapTo(columns, `-> ${fix}`, { first: others, others })),
  ]
}

function signOf({ ok }: Row): string {
  if (ok === 'information') return '· info'
  if (ok === 'warning') return '▲ note'
  return ok ? '✔ fine' : '✘ MEND'
}
