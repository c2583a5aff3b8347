// Runs a benchmark: `pnpm bench explorer [--json]` runs `explorer.ts` beside this file. It prints
// what it sees, and at last one JSON object on one line; with `--json` only that. One that has
// several figures has such a line for each, as soon as it is known; `--only` names one of its parts.
// Plain JavaScript for the same reason as `workshop/main.js`.

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

if (!process.features.typescript) (await import('tsx/esm/api')).register()

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const [name = 'explorer'] = positionals
const file = new URL(`${name}.ts`, import.meta.url)
if (!existsSync(file)) {
  console.error(`expected the name of a file in bench/, such as explorer, got "${name}"`)
  process.exit(2)
}
/** @typedef {{ ok: boolean }} Figures */
/** @typedef {(line: string) => void} Print */
/** @type {{ bench: (print: Print, options: object) => Promise<Figures> | AsyncIterable<Figures> }} */
const { bench } = await import(file.href)
const outcome = bench((line) => values.json || console.log(line), { only: values.only })
process.exitCode = 0
for await (const figures of Symbol.asyncIterator in outcome ? outcome : [outcome]) {
  console.log(JSON.stringify({ name, ...figures }))
  if (!figures.ok) process.exitCode = 1
}
