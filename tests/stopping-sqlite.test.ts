import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { stoppingCases } from './stopping-cases.ts'

// Where there are no signals, nobody can ask a process to end.
const cases = stoppingCases.filter(
  ({ title }) => process.platform !== 'win32' || !title.includes('a process'),
)

test.each(cases)('sqlite: $title', async ({ run }) => {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-stopping-'))
  try {
    await run({ kind: 'sqlite', directory })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
})
