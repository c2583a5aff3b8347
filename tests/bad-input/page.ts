// The page that shows every row of bad input, for readers.

import { bodies, harmlessBodies } from './bodies.ts'
import { clocks } from './clocks.ts'
import { configurations } from './configurations.ts'
import { disks } from './disks.ts'
import { envelopes } from './envelopes.ts'
import { files } from './files.ts'
import { hugeRow } from './huge.ts'
import { harmlessRows, sentRows, urlRows } from './on-rabbitmq.ts'
import { permissions } from './permissions.ts'
import type { Row } from './sees.ts'
import { urls } from './urls.ts'
import { noJson, shapes, strangeRow, tooMuch } from './values.ts'

export const tables: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ['Messages of a foreign sender', [...bodies, hugeRow, ...harmlessBodies, ...envelopes]],
  ['Messages of a foreign sender, on RabbitMQ', [...sentRows, ...harmlessRows]],
  ['What `publish` and `save` are given', [...noJson, ...tooMuch, ...shapes, strangeRow]],
  ['Endpoints, queues and retries', configurations],
  ['Files and folders', [...files, ...permissions]],
  ['URLs and ports', [...urls, ...urlRows]],
  ['Clocks and disks', [...clocks, ...disks]],
]

const introduction = `# Bad input

What you see when a message, a value, a setting or the machine is not as it should be. No row ends a
process, and none loses a message: the good ones before and after it are handled. A message that
cannot be read is a dead letter. What you see of it is its header \`deadReason\`, and its bytes are as
they came. A … stands for any text.

Every row is a test. \`npx -y pnpm@12 exec vitest run tests/bad-input\` runs those that need no
RabbitMQ; with \`-u\` it writes this page anew.
`

export function page(): string {
  const count = tables.reduce((sum, [, rows]) => sum + rows.length, 0)
  const parts = tables.map(([title, rows]) => `\n## ${title}\n\n${table(rows)}`)
  return `${introduction}\n${count} rows.\n${parts.join('')}`
}

const table = (rows: readonly Row[]): string =>
  [
    '| Given | What you see | What becomes of it |',
    '| --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n')

const line = ({ given, sees, becomes }: Row): string =>
  `| ${cell(given)} | ${sees === 'nothing' ? sees : code(sees)} | ${cell(becomes)} |`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('__', '\\_\\_')

/** In two backticks, so that one may stand in it. */
const code = (text: string): string => `\`\` ${text.replaceAll('|', '\\|')} \`\``
