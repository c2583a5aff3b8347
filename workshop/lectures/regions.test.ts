import { expect, test } from 'vitest'
import { regionOf } from './regions.ts'

const source = `// A file that promises something.

import { test } from 'vitest'

/** Two lines, and a star *
 *  in them. */
export const addItem = async () => {
  const text = \`
export const other = 1
\`
  return text
}

// A line.
// And another.
function helper(): void {}

type Cart = { readonly items: readonly string[] }

test('a porsche ordered once', () => {
  helper()
})
`

test.for([
  ['addItem', '/** Two lines', '  return text\n}'],
  ['helper', '// A line.\n// And', 'function helper(): void {}'],
  ['Cart', 'type Cart', 'string[] }'],
  ['a porsche ordered', "test('a porsche ordered once'", '  helper()\n})'],
] as const)('%s is found whole, with the comment right above it', ([name, begins, ends]) => {
  const region = regionOf(source, name)!
  expect(source).toContain(region)
  expect(region.startsWith(begins)).toBe(true)
  expect(region.endsWith(ends)).toBe(true)
})

test('what is only inside of something, or nowhere, is not found', () => {
  for (const name of ['other', 'text', 'removeItem', 'porsche ordered']) {
    expect(regionOf(source, name)).toBeUndefined()
  }
})
