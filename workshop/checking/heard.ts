// Runs before each test file: keeps with a test what its explorations covered, so that it can be
// told in the process that runs the tests. The file is loaded in theirs.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { exploredChannel, type Explored } from '@workshop/shared/explore'
import { afterAll, TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    explored?: Explored[]
  }
}

const keep = (explored: unknown): void => {
  const test = TestRunner.getCurrentTest<undefined>() as
    | { meta: { explored?: Explored[] } }
    | undefined
  if (test) (test.meta.explored ??= []).push(explored as Explored)
}

subscribe(exploredChannel, keep)
// Files share their modules, and each of them runs this one.
afterAll(() => {
  unsubscribe(exploredChannel, keep)
})
