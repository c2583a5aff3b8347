import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folded, svgDiagram, textDiagram } from '../index.ts'
import { fixtures } from './fixtures.ts'

// `vitest -u` writes the files anew; then look at them, before anybody else has to.
const golden = (name: string): string => join(import.meta.dirname, name)

/** What a stranger has to be able to name: what went wrong, with which message, and the rule. */
const stories = {
  lost: ['crashed', 'AddItem(porsche)', 'LOST_MESSAGE'],
  ghost: ['refused: Unavailable', 'ItemAdded(globe)', 'GHOST_MESSAGE'],
  duplicate: ['a duplicate', 'AddItem(porsche)', 'DUPLICATE_EFFECT'],
  stale: ['a late copy', 'AddItem(porsche)', 'STALE_WRITE'],
  'alternative-worlds': ['a late copy', 'BookPayment(80)', 'ALTERNATIVE_WORLDS'],
} as const satisfies Record<keyof typeof fixtures, readonly string[]>

describe.each(Object.entries(fixtures))('%s', (name, whole) => {
  const diagram = folded(whole)
  const text = textDiagram(diagram)
  const narrow = textDiagram(diagram, { columns: 60 })
  const svg = svgDiagram(diagram)

  test('both pictures are what they were, byte for byte', async () => {
    await expect(text).toMatchFileSnapshot(golden(`${name}.txt`))
    await expect(narrow).toMatchFileSnapshot(golden(`${name}.60.txt`))
    await expect(svg).toMatchFileSnapshot(golden(`${name}.svg`))
  })

  test('both pictures name the fault, the message and the broken rule', () => {
    for (const words of stories[name as keyof typeof fixtures]) {
      expect(text).toContain(words)
      expect(narrow).toContain(words)
      // Descriptions are for those who cannot see the picture: it has to be drawn, too.
      expect(svg.replace(/<(title|desc)>.*?<\/\1>/gs, '')).toContain(words)
    }
  })

  test('the run has 12 to 30 steps, of which folding leaves some out', () => {
    expect(whole.events.length).toBeGreaterThanOrEqual(12)
    expect(whole.events.length).toBeLessThanOrEqual(30)
    expect(diagram.events.length).toBeLessThan(whole.events.length)
    expect(text.split('\n').length).toBeLessThanOrEqual(40)
  })

  test('in 60 columns every lane has its whole title, and each process is a lane', () => {
    const titles = (narrow.split('\n')[0] ?? '').trim().split(/\s+/)
    for (const title of titles) expect(diagram.lanes.map(({ title }) => title)).toContain(title)
    const processes = diagram.lanes.filter(({ kind }) => kind === 'process')
    expect(titles).toEqual(expect.arrayContaining(processes.map(({ title }) => title)))
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
  })
})

test('there is no golden file without a fixture', () => {
  const files = readdirSync(golden('.')).filter((file) => !file.endsWith('.ts'))
  const expected = Object.keys(fixtures).flatMap((name) =>
    ['svg', 'txt', '60.txt'].map((type) => `${name}.${type}`),
  )
  expect(files.toSorted()).toEqual(expected.toSorted())
})
