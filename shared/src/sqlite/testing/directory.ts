// A directory of a test's own, removed when the test is over.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TestDirectory = AsyncDisposable & { readonly directory: string }

export async function testDirectory(): Promise<TestDirectory> {
  const directory = await mkdtemp(join(tmpdir(), 'sqlite-'))
  return {
    directory,
    // Windows refuses for a moment to remove what a process that just ended had open.
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 10 }),
  }
}
