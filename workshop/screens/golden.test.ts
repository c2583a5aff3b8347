// What every event looks like, as somebody has looked at it: in a terminal of 80 and of 60 columns,
// and as plain lines. `vitest run workshop/screens -u` writes them again; then read them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunnerEvent } from '../runner/events.ts'
import { LineView } from '../terminal/line-view.ts'
import { screenOf } from './screens.ts'
import { fixtures, type Fixtures } from './testing/events.ts'
import { greenResult } from './testing/results.ts'
import { verdictLine } from './verdict.ts'

const folder = join(import.meta.dirname, 'golden')
const kinds = Object.keys(fixtures(80)) as RunnerEvent['kind'][]

type Form = { readonly columns: number; readonly draw: (event: RunnerEvent) => readonly string[] }

const forms: Readonly<Record<string, Form>> = {
  80: { columns: 80, draw: (event) => inTerminal(event, 80) },
  60: { columns: 60, draw: (event) => inTerminal(event, 60) },
  plain: { columns: 80, draw: asLines },
}

/** The verdict stands below, where the keys are. */
function inTerminal(event: RunnerEvent, columns: number): readonly string[] {
  const at = new Date(2026, 10, 21, 14, 2, 11)
  const verdict = event.kind === 'result' ? [verdictLine(event, { columns }, { at })] : []
  return [...screenOf(event, { columns }), ...verdict]
}

/** After tests that passed: what comes then depends on them. */
function asLines(event: RunnerEvent): readonly string[] {
  const view = new LineView({ columns: 80 })
  view.linesOf(greenResult)
  return view.linesOf(event)
}

const variantsOf = (
  kind: keyof Fixtures,
  columns: number,
): readonly (readonly [string, RunnerEvent])[] => Object.entries(fixtures(columns)[kind])

const cases = Object.keys(forms).flatMap((form) => kinds.map((kind) => ({ kind, form })))

test.each(cases)('$kind is shown ($form) as it was looked at', async ({ kind, form }) => {
  const { columns, draw } = forms[form]!
  const sections = variantsOf(kind, columns).flatMap(([variant, event]) => {
    const lines = draw(event)
    return [`=== ${variant}`, ...(lines.length > 0 ? lines : ['(no line)'])]
  })
  await expect(`${sections.join('\n')}\n`).toMatchFileSnapshot(join(folder, `${kind}-${form}.txt`))
})

test('no golden file is without an event, and no kind of event without a variant', () => {
  const expected = cases.map(({ kind, form }) => `${kind}-${form}.txt`)
  expect(readdirSync(folder).toSorted()).toEqual(expected.toSorted())
  for (const kind of kinds) expect(variantsOf(kind, 80), kind).not.toEqual([])
})

/** To be copied, or to be clicked at: a path, perhaps after a word, and a command. */
const isWhole = (line: string): boolean =>
  [/^\s*(\S+ +)?\S*[/\\]\S*$/, /^\s*(\w+ +)?npx -y pnpm@12 /, /^\s*╭─\[ \S+ \]$/].some((whole) =>
    whole.test(line),
  )

test.each(cases)('$kind ($form) keeps to its columns', ({ kind, form }) => {
  const { columns, draw } = forms[form]!
  for (const [variant, event] of variantsOf(kind, columns)) {
    const code =
      event.kind === 'solution' ? event.files.flatMap(({ text }) => text.split('\n')) : []
    const wide = draw(event).filter((line) => line.length > columns)
    expect(
      wide.filter((line) => !isWhole(line) && !code.includes(line)),
      variant,
    ).toEqual([])
  }
})

test.each(cases)(
  '$kind ($form) has no space at the end of a line, and no control character',
  (one) => {
    const { columns, draw } = forms[one.form]!
    for (const [variant, event] of variantsOf(one.kind, columns)) {
      for (const line of draw(event)) expect(line, variant).not.toMatch(/\s$|\p{Cc}/u)
    }
  },
)

test('plain lines hold nothing that is drawn, and name no key', () => {
  for (const kind of kinds.filter((one) => one !== 'help' && one !== 'list')) {
    for (const [variant, event] of variantsOf(kind, 80)) {
      const text = asLines(event).join('\n')
      expect(text, `${kind}: ${variant}`).not.toMatch(/[✔✘○●↷┏┗]|^[a-z] gives|\b[a-z] brings/mu)
    }
  }
})
