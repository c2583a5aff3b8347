// Runs a benchmark: `pnpm bench explorer [--json]` runs `explorer.ts` beside this file. It prints
// what it sees, and at last one JSON object on one line; with `--json` only that. Plain JavaScript
// for the same reason as `workshop/main.js`.

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

if (!process.features.typescript) (await import('tsx/esm/api')).register()

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
})
const [name = 'explorer'] = positionals
const file = new URL(`${name}.ts`, import.meta.url)
if (!existsSync(file)) {
  console.error(`expected the name of a file in bench/, such as explorer, got "${name}"`)
  process.exit(2)
}
/** @type {{ bench: (print: (line: string) => void) => Promise<{ ok: boolean }> }} */
const { bench } = await import(file.href)
const figures = await bench((line) => values.json || console.log(line))
console.log(JSON.stringify({ name, ...figures }))
process.exitCode = figures.ok ? 0 : 1
