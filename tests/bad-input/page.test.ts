// The page for readers shows the rows that are tested, and no row is in it twice.

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { page, tables } from './page.ts'

test('README.md shows every row as it is tested', async () => {
  const file = fileURLToPath(new URL('README.md', import.meta.url))
  await expect(page()).toMatchFileSnapshot(file)
})

test.each(tables)('no two rows of "%s" are given the same', (_title, rows) => {
  const given = rows.map((row) => row.given)
  expect(given.filter((one, index) => given.indexOf(one) !== index)).toEqual([])
})

test('no row of bad input is left out of the page', () => {
  expect(tables.flatMap(([, rows]) => rows).length).toBeGreaterThanOrEqual(190)
})
