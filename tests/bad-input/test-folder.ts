// A folder of a test's own, gone when the test is over.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestFolder extends AsyncDisposable {
  readonly directory: string
}

export async function testFolder(): Promise<TestFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-bad-input-'))
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  }
}
