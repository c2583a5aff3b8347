// Each of these happens while something is at work. Nothing is lost, doubled or waited for.

import { expect, test } from 'vitest'
import { clocks } from './clocks.ts'
import { disks } from './disks.ts'
import { permissions } from './permissions.ts'
import { isSentence } from './sees.ts'
import { testFolder } from './test-folder.ts'

test.each([...clocks, ...disks])('$given: $becomes', async ({ run, sees }) => {
  await using own = await testFolder()
  const sentence = await run(own.directory)
  expect(isSentence(sentence, sees), sentence).toBe(true)
})

const why = process.platform === 'win32' ? ' (skipped: Windows has other permissions)' : ''

test.skipIf(why).each(permissions)(`$given: $becomes${why}`, async ({ run, sees }) => {
  await using own = await testFolder()
  const sentence = await run(own.directory)
  expect(isSentence(sentence, sees), sentence).toBe(true)
})
